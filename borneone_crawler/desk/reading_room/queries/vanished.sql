SELECT article_id, gone_at, headline, date_published, redirected_to, came_back_at, url
FROM gone
ORDER BY gone_at DESC
