-- What the site shows or has shown and what is held, per section and month. A page in several
-- sections counts in each; what is in none that is known, or has no known date, counts under NULL.
CREATE VIEW coverage AS
SELECT
    section.value AS section,
    p.month,
    count(*) AS shown,                      -- held, explained and missing together
    sum(p.account = 'held') AS held,
    sum(p.account = 'explained') AS explained,
    sum(p.account = 'missing') AS missing
FROM pages AS p
JOIN json_each(iif(p.sections_json = '[]', '[null]', p.sections_json)) AS section
GROUP BY section.value, p.month;
