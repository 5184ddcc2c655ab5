-- Every page that may be an article, whatever addresses lead to it: what the site shows or has
-- shown, and what became of it. One row an article, or a page that no article is held of.
CREATE VIEW pages AS
WITH RECURSIVE
-- Indonesia knows no summer time. In any other zone the month of what is not held is not known.
zone (ahead) AS (
    SELECT CASE time_zone
        WHEN 'Asia/Jakarta' THEN '+07:00' WHEN 'Asia/Pontianak' THEN '+07:00'
        WHEN 'Asia/Makassar' THEN '+08:00' WHEN 'Asia/Jayapura' THEN '+09:00'
    END
    FROM archive
),
-- Other spellings and redirects, and where they end.
leads (row_id, end_id) AS (
    SELECT id, id FROM urls WHERE same_as IS NULL
    UNION ALL
    SELECT u.id, leads.end_id FROM leads JOIN urls AS u ON u.same_as = leads.row_id
),
-- An address that leads to a listing, or in a circle, is a page of its own.
address (row_id, page_id) AS (
    SELECT u.id, coalesce(at_end.id, u.id)
    FROM urls AS u
    LEFT JOIN leads ON leads.row_id = u.id
    LEFT JOIN urls AS at_end ON at_end.id = leads.end_id AND at_end.kind = 'article'
    WHERE u.kind = 'article'
),
page (page_id, article_id, found_at) AS (
    -- CAST: without a type of its own SQLite joins it with articles row by row, 100,000 × 100,000
    SELECT address.page_id, CAST(max(u.article_id) AS INTEGER), min(u.found_at)
    FROM address JOIN urls AS u ON u.id = address.row_id
    GROUP BY address.page_id
),
sight (article_id, page_id, source, section, published_at, first_at) AS (
    SELECT
        page.article_id, iif(page.article_id IS NULL, page.page_id, NULL),
        iif(s.until_at IS NULL, s.source, NULL),
        -- the list of everything is no section
        iif(s.until_at IS NULL AND s.place NOT IN ('', '/'), coalesce(n.name, s.place), NULL),
        s.published_at, s.first_at
    FROM shown AS s
    JOIN address ON address.row_id = s.url_id
    JOIN page ON page.page_id = address.page_id
    LEFT JOIN sections AS n ON n.slug = s.place
    ORDER BY s.source, s.place
),
seen (article_id, page_id, sources, sections_json, published_at, first_at) AS (
    SELECT
        article_id, page_id, replace(group_concat(DISTINCT source), ',', ', '),
        json_group_array(DISTINCT section) FILTER (WHERE section IS NOT NULL),
        min(published_at), min(first_at)
    FROM sight GROUP BY article_id, page_id
)
SELECT
    -- what was taken down here is counted, and not named
    iif(t.article_id IS NULL, a.url, NULL) AS url,
    iif(t.article_id IS NULL, a.id, NULL) AS article_id,
    iif(t.article_id IS NULL, 'held', 'explained') AS account,
    iif(t.article_id IS NULL, NULL, 'taken down') AS reason,
    coalesce(
        (SELECT nullif(json_group_array(name), '[]') FROM (
            SELECT s.name FROM article_sections AS x JOIN sections AS s ON s.id = x.section_id
            WHERE x.article_id = a.id ORDER BY x.position)),
        seen.sections_json, '[]') AS sections_json,
    coalesce(
        substr(a.date_published, 1, 7),
        strftime('%Y-%m', seen.published_at, (SELECT ahead FROM zone))) AS month,
    seen.sources,
    min(a.first_seen_at, coalesce(seen.first_at, a.first_seen_at)) AS known_since
FROM articles AS a
LEFT JOIN seen ON seen.article_id = a.id
LEFT JOIN takedowns AS t ON t.article_id = a.id
UNION ALL
SELECT
    u.url,
    NULL,
    CASE
        WHEN u.state = 'gone' THEN 'explained'
        WHEN u.reason LIKE 'redirects %' AND u.state IN ('skipped', 'stored') THEN 'explained'
        WHEN u.state = 'skipped' AND u.reason = 'robots.txt' THEN 'explained'
        -- "× 3": what may be an article another day was given up. A door that only a menu leads
        -- to, such as a login page, is none; what a source lists is missing.
        WHEN u.state = 'skipped' AND u.reason LIKE 'not an article: %'
            AND (u.reason NOT LIKE '% × %' OR seen.sources IS NULL) THEN 'explained'
        ELSE 'missing'
    END,
    CASE u.state
        WHEN 'pending' THEN 'pending' || coalesce(': ' || u.reason, '')
        WHEN 'failed' THEN 'failed' || coalesce(': ' || u.reason, '')
        WHEN 'gone' THEN 'gone'
        ELSE coalesce(u.reason, 'nothing was stored')
    END,
    coalesce(seen.sections_json, '[]'),
    strftime('%Y-%m', seen.published_at, (SELECT ahead FROM zone)),
    seen.sources,
    min(page.found_at, coalesce(seen.first_at, page.found_at))
FROM page
JOIN urls AS u ON u.id = page.page_id
LEFT JOIN seen ON seen.page_id = page.page_id
WHERE page.article_id IS NULL;
