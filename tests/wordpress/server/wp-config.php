<?php
// The configuration of the test's WordPress.

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:@FOLDER@/mariadb.sock');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

define('WP_HOME', '@ORIGIN@');
define('WP_SITEURL', '@ORIGIN@');
define('WPMU_PLUGIN_DIR', '@HERE@/mu-plugins');
define('WP_DEFAULT_THEME', '@THEME@');
define('WP_POST_REVISIONS', false);

// Nothing happens that the tests did not ask for, and nothing leaves the machine.
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);

define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', '@FOLDER@/wordpress.log');

// Constant, or WordPress would store some of its own at the first visit.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define("{$name}_KEY", "key of $name");
    define("{$name}_SALT", "salt of $name");
}

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
