SELECT
    article_id, headline, date_published,
    first_id, first_headline, first_date_published,
    is_same, round(share, 2) AS share
FROM duplicates
ORDER BY date_published DESC
