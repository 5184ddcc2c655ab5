-- Two articles with the same text to the letter, at two addresses: each later one with the first.
-- They stay two articles; leaving out every article_id in here counts each text once.
CREATE VIEW duplicates AS
WITH alike AS (
    SELECT
        a.id, a.url, a.headline, a.date_published,
        first_value(a.id) OVER (
            PARTITION BY a.article_body
            -- without a date: behind those that have one
            ORDER BY a.date_published IS NULL, datetime(a.date_published), a.id
        ) AS first_id
    FROM articles AS a
    WHERE a.word_count > 0
)
SELECT
    alike.id AS article_id, alike.url, alike.headline, alike.date_published,
    first.id AS first_id, first.url AS first_url, first.headline AS first_headline,
    first.date_published AS first_date_published
FROM alike JOIN articles AS first ON first.id = alike.first_id
WHERE alike.id <> alike.first_id;
