-- One row an article, as the view `stories` has it, with what else is known of it as JSON.
SELECT
    s.id, s.url, s.headline, s.date_published, s.day, s.month, s.year, s.date_modified,
    s.sections_json AS sections, s.authors_json AS authors, s.editor, s.byline_initials,
    s.dateline, s.keywords_json AS keywords, s.description, s.article_body, s.word_count,
    a.in_language, s.main_image_url, s.comment_count, s.post_id, s.revisions, s.flags,
    a.content_digest, s.first_seen_at, s.last_seen_at, s.gone_at, s.redirected_to,
    (SELECT json_group_array(json_object('url', url, 'caption', caption, 'credit_text', credit_text))
        FROM (SELECT * FROM images WHERE article_id = s.id ORDER BY position)) AS images,
    (SELECT json_group_array(json_object('url', url, 'provider', provider, 'video_id', video_id))
        FROM (SELECT * FROM videos WHERE article_id = s.id ORDER BY position)) AS videos,
    (SELECT json_group_array(json_object('kind', kind, 'url', url, 'text', text))
        FROM (SELECT * FROM outlinks WHERE article_id = s.id ORDER BY kind, position)) AS outlinks
FROM stories AS s JOIN articles AS a ON a.id = s.id
