</div></div>
</div>
<footer id="colophon" class="site-footer">
<h3 class="widget-title">Berita Pilihan</h3>
<ul class="wpberita-rp-widget">
<?php foreach (get_posts(['numberposts' => 5, 'orderby' => 'comment_count']) as $other) : ?>
<li><a class="recent-title heading-text" href="<?php echo esc_url(get_permalink($other)); ?>"><?php echo get_the_title($other); ?></a></li>
<?php endforeach; ?>
</ul>
<div class="site-info">Hak cipta BorneOneTV. Dilarang mengutip tanpa izin.</div>
</footer>
</div>
<?php wp_footer(); ?>
</body>
</html>
