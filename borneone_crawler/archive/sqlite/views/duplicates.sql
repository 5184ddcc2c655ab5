-- Articles that are one text at two addresses, to the letter or nearly (a press release with another
-- lead, a corrected copy, one within a longer one): each later one with the first that it is like.
-- They stay two articles; leaving out every article_id in here counts each text once.
CREATE VIEW duplicates AS
WITH dated AS (
    SELECT
        a.id, a.url, a.headline, a.date_published,
        -- without a date: behind those that have one
        row_number() OVER (
            ORDER BY a.date_published IS NULL, datetime(a.date_published), a.id
        ) AS place,
        first_value(a.id) OVER (
            PARTITION BY a.article_body
            ORDER BY a.date_published IS NULL, datetime(a.date_published), a.id
        ) AS same_id
    FROM articles AS a
    WHERE a.word_count > 0
),
pair (article_id, first_id, share, is_same) AS (
    SELECT id, same_id, 1.0, 1 FROM dated
    UNION ALL SELECT article_id, other_id, share, 0 FROM retold
    UNION ALL SELECT other_id, article_id, share, 0 FROM retold
),
ranked AS (
    SELECT
        pair.*,
        row_number() OVER (PARTITION BY pair.article_id ORDER BY first.place, is_same DESC) AS rank
    FROM pair
    JOIN dated AS later ON later.id = pair.article_id
    JOIN dated AS first ON first.id = pair.first_id AND first.place < later.place
)
SELECT
    later.id AS article_id, later.url, later.headline, later.date_published,
    first.id AS first_id, first.url AS first_url, first.headline AS first_headline,
    first.date_published AS first_date_published, ranked.is_same, ranked.share
FROM ranked
JOIN dated AS later ON later.id = ranked.article_id
JOIN dated AS first ON first.id = ranked.first_id
WHERE ranked.rank = 1;
