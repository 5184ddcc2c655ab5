-- Any address of an article -> the article: every spelling met by a crawl, and those that follow
-- from its canonical URL by rule (http and https, with and without www, slash, AMP, ?p=ID, the comments below).
CREATE VIEW addresses AS
WITH
origin (host, at) AS (
    SELECT replace(replace(base_url, 'https://', ''), 'http://', ''), length(base_url) + 1
    FROM archive
),
-- The origins that are one site: on the default port both schemes, with and without www.
prefix (origin) AS (
    SELECT base_url FROM archive
    UNION
    SELECT scheme || www || substr(host, CASE WHEN host LIKE 'www.%' THEN 5 ELSE 1 END)
    FROM origin, (SELECT 'http://' AS scheme UNION SELECT 'https://'),
        (SELECT '' AS www UNION SELECT 'www.')
    WHERE instr(host, ':') = 0
),
path (article_id, path, role) AS (
    SELECT a.id, substr(a.url, o.at), 'canonical' FROM articles AS a, origin AS o
    UNION ALL
    SELECT a.id, rtrim(substr(a.url, o.at), '/'), 'alias' FROM articles AS a, origin AS o
    WHERE a.url LIKE '%/'
    UNION ALL
    SELECT a.id, rtrim(substr(a.url, o.at), '/') || v.tail, 'amp'
    FROM articles AS a, origin AS o, (
        SELECT '/amp/' AS tail UNION SELECT '/amp' UNION SELECT '/?amp' UNION SELECT '/?amp=1'
        UNION SELECT '?amp' UNION SELECT '?amp=1') AS v
    WHERE a.url LIKE '%/'
    UNION ALL
    SELECT a.id, substr(a.url, o.at) || v.tail, 'alias'
    FROM articles AS a, origin AS o, (SELECT '#respond' AS tail UNION SELECT '#comments') AS v
    UNION ALL
    SELECT a.id, '/?p=' || a.post_id, 'shortlink' FROM articles AS a WHERE a.post_id IS NOT NULL
),
found (address, article_id, role) AS (
    SELECT prefix.origin || path.path, path.article_id, path.role FROM path, prefix
    UNION
    SELECT u.url, coalesce(u.article_id, target.article_id), coalesce(u.role, 'alias')
    FROM urls AS u LEFT JOIN urls AS target ON target.id = u.same_as
    WHERE coalesce(u.article_id, target.article_id) IS NOT NULL
)
SELECT
    found.address, min(found.role) AS role, a.id AS article_id, a.url, a.headline, a.date_published,
    a.article_body
FROM found JOIN articles AS a ON a.id = found.article_id
WHERE a.id NOT IN (SELECT article_id FROM takedowns)
GROUP BY found.address, a.id;
