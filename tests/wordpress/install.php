<?php
// Installs WordPress in the database of the folder it is given, as an Indonesian newsroom would.

define('WP_INSTALLING', true);

// WordPress lets these two be replaced: no greeting by mail, and no posts but the tests' own.
function wp_new_blog_notification(): void {}
function wp_install_defaults(): void {}

require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('BorneOneTV', 'redaksi', 'redaksi@example.test', true, '', 'a password', 'id_ID');

foreach ([
    'WPLANG' => 'id_ID',
    'blogdescription' => 'Kabar Kalimantan Barat',
    'timezone_string' => 'Asia/Pontianak',
    'date_format' => 'j F Y',
    'time_format' => 'H:i',
    'posts_per_page' => 10,
    'posts_per_rss' => 10,
    'permalink_structure' => '/%postname%/',
    'use_smilies' => 1,
    'comment_moderation' => 0,
] as $option => $value) {
    update_option($option, $value);
}

$category = wp_insert_term('Berita', 'category', ['slug' => 'berita']);
update_option('default_category', $category['term_id']);
