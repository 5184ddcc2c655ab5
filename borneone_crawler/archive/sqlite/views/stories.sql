-- One row an article, with everything about it in words; days counted in the newsroom's own time.
-- Without what was taken down here.
CREATE VIEW stories AS
SELECT
    a.id,
    a.url,
    a.headline,
    a.date_published,
    -- substr, because SQLite's date functions turn 2019-10-01T03:15:00+07:00 into the day before
    substr(a.date_published, 1, 10) AS day,
    substr(a.date_published, 1, 7) AS month,
    CAST(substr(a.date_published, 1, 4) AS INTEGER) AS year,
    a.date_modified,
    (SELECT group_concat(name, ', ') FROM (
        SELECT s.name FROM article_sections AS x JOIN sections AS s ON s.id = x.section_id
        WHERE x.article_id = a.id ORDER BY x.position)) AS sections,
    (SELECT json_group_array(name) FROM (
        SELECT s.name FROM article_sections AS x JOIN sections AS s ON s.id = x.section_id
        WHERE x.article_id = a.id ORDER BY x.position)) AS sections_json,
    (SELECT group_concat(name, ', ') FROM (
        SELECT p.name FROM article_people AS x JOIN people AS p ON p.id = x.person_id
        WHERE x.article_id = a.id AND x.role = 'author' ORDER BY x.position)) AS authors,
    (SELECT json_group_array(name) FROM (
        SELECT p.name FROM article_people AS x JOIN people AS p ON p.id = x.person_id
        WHERE x.article_id = a.id AND x.role = 'author' ORDER BY x.position)) AS authors_json,
    a.editor,
    a.byline_initials,
    a.dateline,
    (SELECT group_concat(name, ', ') FROM (
        SELECT k.name FROM article_keywords AS x JOIN keywords AS k ON k.id = x.keyword_id
        WHERE x.article_id = a.id ORDER BY x.position)) AS keywords,
    (SELECT json_group_array(name) FROM (
        SELECT k.name FROM article_keywords AS x JOIN keywords AS k ON k.id = x.keyword_id
        WHERE x.article_id = a.id ORDER BY x.position)) AS keywords_json,
    a.description,
    a.article_body,
    a.word_count,
    (SELECT url FROM images WHERE article_id = a.id AND is_main = 1) AS main_image_url,
    a.comment_count,
    a.post_id,
    (SELECT count(*) FROM revisions WHERE article_id = a.id) AS revisions,
    a.flags,
    a.first_seen_at,
    a.last_seen_at,
    a.gone_at,
    a.gone_at IS NOT NULL AS is_gone,
    a.redirected_to,
    -- met only after the newsroom had been crawled whole, though it is dated a month before that
    coalesce(
        unixepoch(a.first_seen_at) - unixepoch(a.date_published) > 30 * 86400
        AND a.first_seen_at > (
            SELECT min(finished_at) FROM runs
            WHERE command = 'crawl' AND reason LIKE 'complete%' AND arguments = '{}'), 0
    ) AS is_back_dated
FROM articles AS a
WHERE a.id NOT IN (SELECT article_id FROM takedowns);
