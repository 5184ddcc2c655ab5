<?php
$headlines = kabar_newest(KABAR_HEADLINES);
$big = array_shift($headlines);
?>
<?php if ($big) : ?>
<div class="gmr-bigheadline">
<h3 class="gmr-rp-biglink"><a class="gmr-slide-titlelink" href="<?php echo esc_url(get_permalink($big)); ?>"><?php echo get_the_title($big); ?></a></h3>
<div class="headline-related-title">Berita Terkait</div>
<div class="wpberita-list-gallery"><?php echo implode('', array_map('kabar_card', $headlines)); ?></div>
</div>
<?php endif; ?>
