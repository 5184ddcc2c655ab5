<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
<div class="box-item">
<?php if (has_post_thumbnail()) : ?>
<div class="content-thumbnail">
<a class="post-thumbnail" href="<?php the_permalink(); ?>"><?php the_post_thumbnail('medium'); ?></a>
</div>
<?php endif; ?>
<div class="box-content">
<div class="gmr-meta-topic">
<strong><?php echo kabar_sections(' '); ?></strong>
<span class="meta-content"><?php echo kabar_dates(); ?></span>
</div>
<h2 class="entry-title">
<a href="<?php the_permalink(); ?>" title="<?php the_title_attribute(); ?>" rel="bookmark"><?php the_title(); ?></a>
</h2>
</div>
</div>
</article>
