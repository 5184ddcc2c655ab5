<?php
// A video stands in place of the picture, also where there is one.
$video = wp_oembed_get((string) get_post_meta(get_the_ID(), 'MAJPRO_Oembed', true))
    ?: get_post_meta(get_the_ID(), 'MAJPRO_Iframe', true);
?>
<?php if ($video) : ?>
<div class="gmr-embed-responsive gmr-embed-responsive-16by9 single-thumbnail"><?php echo $video; ?></div>
<?php elseif (has_post_thumbnail()) : ?>
<figure class="post-thumbnail gmr-thumbnail-single">
<?php the_post_thumbnail(); ?>
<?php if ($caption = get_the_post_thumbnail_caption()) : ?>
<figcaption class="wp-caption-text"><?php echo esc_html($caption); ?></figcaption>
<?php endif; ?>
</figure>
<?php endif; ?>
