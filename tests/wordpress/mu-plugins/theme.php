<?php
// What the newsroom's theme shows and Debian's themes do not: when a post was changed, and the
// Indonesian title of the comment form (Debian has no translations of themes).

/** The classic theme lets this function be replaced. */
function twenty_twenty_one_posted_on(): void
{
    $published = get_the_date(DATE_W3C);
    printf(
        '<span class="posted-on"><time class="entry-date published%s" datetime="%s">%s</time>'
        . '%s</span>',
        $published === get_the_modified_date(DATE_W3C) ? ' updated' : '',
        $published,
        esc_html(get_the_date()),
        time_of_change()
    );
}

function time_of_change(): string
{
    $modified = get_the_modified_date(DATE_W3C);
    return get_the_date(DATE_W3C) === $modified ? '' : sprintf(
        '<time class="updated" datetime="%s">%s</time>',
        $modified,
        esc_html(get_the_modified_date())
    );
}

// The same for themes that are made of blocks.
add_filter('render_block_core/post-date', fn(string $html) => $html . time_of_change());

add_filter('gettext_twentytwentyone', fn(string $translation, string $text) => match ($text) {
    'Leave a comment' => 'Tinggalkan Balasan',
    default => $translation,
}, 10, 2);
