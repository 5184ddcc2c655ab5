-- Every picture of every article, with what stands under it.
CREATE VIEW captions AS
SELECT
    a.id AS article_id, i.position, i.is_main, i.caption, i.credit_text, i.url AS image_url,
    a.date_published, a.headline, a.url
FROM images AS i JOIN articles AS a ON a.id = i.article_id;
