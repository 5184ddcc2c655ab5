<header class="entry-header entry-header-single">
<?php if ($topic = kabar_topic()) : ?>
<div class="gmr-meta-topic heading-text"><strong><?php echo $topic; ?></strong></div>
<?php endif; ?>
<?php the_title('<h1 class="entry-title"><strong>', '</strong></h1>'); ?>
<div class="gmr-meta-topic heading-text"><?php echo kabar_author(); ?> - <?php echo kabar_sections(); ?></div>
<div class="meta-content gmr-content-metasingle"><?php echo kabar_dates(); ?></div>
</header>
