<?php
// While the option "listings_only" is set, machines are told nothing of what there is: no sitemap,
// no feed, and a REST API for those who have logged in, as plug-ins for security have it.

if (!get_option('listings_only')) {
    return;
}

add_filter('wp_sitemaps_enabled', '__return_false');
add_filter('rest_authentication_errors', fn() => new WP_Error(
    'rest_not_logged_in',
    'Anda harus masuk.',
    ['status' => 401]
));
add_action('do_feed_rss2', fn() => wp_die('Tidak ada umpan.', 404), 1);
