"""What `scrapy doctor` looks at, from the machine out to the site; a file for each."""
