<?php
// What the theme puts around and into the text of an article, on its page alone: a feed, the REST
// API and truth.php never get to the header of a page.

add_action('get_header', function (): void {
    if (is_singular('post') && !post_password_required(get_queried_object())) {
        add_filter('the_content', 'kabar_with_page_steps', 15);
        add_filter('the_content', 'kabar_with_ads', 20);
    }
});

/** Links to the page before and the page after, in an article of several pages. */
function kabar_with_page_steps(string $content): string
{
    return $content . wp_link_pages([
        'before' => '<div class="prevnextpost-links">',
        'after' => '</div>',
        'next_or_number' => 'next',
        'previouspagelink' => 'Sebelumnya',
        'nextpagelink' => 'Berikutnya',
        'separator' => ' ',
        'echo' => false,
    ]);
}

/** Advertisements before the text, behind its second paragraph and after it. */
function kabar_with_ads(string $content): string
{
    $paragraphs = explode('</p>', $content, 3);
    if (isset($paragraphs[2])) {
        $content = "$paragraphs[0]</p>$paragraphs[1]</p>" . kabar_ad('insidecontent')
            . $paragraphs[2];
    }
    return kabar_ad('beforecontent') . $content . kabar_ad('aftercontent');
}

function kabar_ad(string $place, string $classes = ''): string
{
    return "<div class=\"gmr-banner-$place text-center $classes\">"
        . '<a href="https://iklan.example/promo" rel="nofollow"><img src="https://iklan.example/'
        . "$place.png\" alt=\"Iklan\"></a><p>Promo akhir pekan di toko langganan Anda.</p></div>";
}
