-- Where each field of an article as it stands came from: the place on the page, the layout and the
-- version of our reader that read it, and the capture that was read. One row an article and field;
-- of a multi-page article the capture is that of its first page.
CREATE VIEW provenance AS
SELECT
    a.id AS article_id,
    a.url,
    field.key AS field,
    json_extract(r.article, '$."' || field.key || '"') AS value,
    field.value AS source,                  -- the place on the page: json-ld, h1, time.published
    r.reader,
    r.reader_version,
    r.read_at,
    v.n AS revision,
    v.read_with,
    c.fetched_at,
    (SELECT count(*) FROM reading_captures WHERE reading_id = r.id) AS pages,
    c.warc_file,
    c.warc_offset,
    c.digest AS capture_digest,
    c.dropped AS capture_dropped
FROM articles AS a
JOIN readings AS r ON r.id = a.reading_id
JOIN revisions AS v ON v.id = r.revision_id
JOIN json_each(r.sources) AS field
LEFT JOIN reading_captures AS x ON x.reading_id = r.id AND x.part_number = 1
LEFT JOIN captures AS c ON c.id = x.capture_id;
