<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="<?php bloginfo('charset'); ?>">
<meta name="viewport" content="width=device-width, initial-scale=1">
<?php wp_head(); ?>
</head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<a class="skip-link screen-reader-text" href="#primary">Langsung ke konten</a>
<div id="page" class="site">
<header id="masthead" class="list-flex site-header">
<div class="gmr-logo"><a href="<?php echo esc_url(home_url('/')); ?>" rel="home"><?php bloginfo('name'); ?></a></div>
<form method="get" class="gmr-searchform searchform" action="<?php echo esc_url(home_url('/')); ?>">
<input type="text" name="s" placeholder="Pencarian"><button type="submit">Cari</button>
</form>
</header>
<nav id="main-nav" class="main-navigation gmr-mainmenu">
<?php wp_nav_menu(['theme_location' => 'primary', 'container' => false]); ?>
</nav>
<div id="content" class="gmr-content">
<div class="container"><div class="row">
