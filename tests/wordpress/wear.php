<?php
// Gives the WordPress in the folder another theme, and says whether machines may list its posts:
// php wear.php FOLDER THEME all|listings

require $argv[1] . '/wp-load.php';

// Only now: WordPress has global variables of its own.
[, , $stylesheet, $sources] = $argv;
$worn = wp_get_theme($stylesheet);
if (!$worn->exists()) {
    throw new RuntimeException("There is no theme $stylesheet.");
}
// Not switch_theme(), which moves widgets about: all themes show the same ones.
update_option('template', $worn->get_template());
update_option('stylesheet', $worn->get_stylesheet());
update_option('listings_only', $sources === 'listings');
