<?php
get_header();
?>
<main id="primary" class="site-main col-md-8">
<section class="error-404 not-found">
<header class="page-header"><h1 class="page-title">Ups! Halaman itu tidak dapat ditemukan.</h1></header>
<p>Sepertinya tidak ada apa pun di sini. Coba cari?</p>
<?php get_search_form(); ?>
</section>
</main>
<?php
get_sidebar();
get_footer();
