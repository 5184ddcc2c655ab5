<?php
// The pages of a listing, real links in both modes; a script makes them a button in one of them.
the_posts_pagination([
    'class' => apply_filters('kabar_pagination', 'inf-pagination'),
    'prev_text' => '&laquo; Kembali',
    'next_text' => 'Berikutnya &raquo;',
]);
?>
<?php if (apply_filters('kabar_pagination', 'inf-pagination') === 'inf-pagination') : ?>
<div class="text-center">
<div class="page-load-status">
<p class="infinite-scroll-last">Tidak Ada Postingan Lagi.</p>
<p class="infinite-scroll-error">Tidak ada halaman lagi untuk dimuat.</p>
</div>
<button class="view-more-button heading-text">Selengkapnya</button>
</div>
<?php endif; ?>
