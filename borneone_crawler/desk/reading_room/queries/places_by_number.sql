SELECT
    trim(substr(dateline, 1, instr(dateline || ',', ',') - 1)) AS place,
    count(*) AS articles,
    min(day) AS first,
    max(day) AS last
FROM stories
WHERE dateline <> ''
GROUP BY lower(place)
ORDER BY articles DESC, place
