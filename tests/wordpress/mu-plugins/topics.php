<?php
// The taxonomy that the newsroom's theme brings along, whatever theme is worn: topics.

add_action('init', fn() => register_taxonomy('newstopic', 'post', [
    'labels' => ['name' => 'Topik'],
    'public' => true,
    'show_in_rest' => true,
    'rewrite' => ['slug' => 'topic'],
]));
