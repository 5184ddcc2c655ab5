<?php
// The editor's desk: what every shape of post is put together from.

class Desk
{
    private const NOTHING = [
        'photos' => [],     // ids of attachments
        'videos' => [],     // [platform, its id of the video]; of a file [null, its address]
        'embeds' => [],     // addresses
        'read_also' => [],  // ids of posts
        'outlinks' => [],   // addresses
        'dateline' => null,
        'initials' => null,
        'writer' => null,   // typed below the text
        'editor' => null,
    ];

    /** What was put into the post that is being made. */
    private array $noted = self::NOTHING;
    /** @var list<string> */
    private array $negatives = [];
    private int $taken = 0;

    public function __construct(public readonly Prose $prose)
    {
    }

    /** Notes for truth.php what the post that is being made shows: as many of a kind as given. */
    public function note(string $kind, string|int|array ...$what): void
    {
        $this->noted[$kind] = is_array(self::NOTHING[$kind])
            ? [...$this->noted[$kind], ...$what] : $what[0];
    }

    /** The notes on a post that is finished; the next one begins with none. */
    public function notes(): array
    {
        [$notes, $this->noted] = [$this->noted, self::NOTHING];
        return $notes;
    }

    /** Paragraphs of a story: a dateline opens it, the reporter's initials close it. */
    public function story(int $paragraphs): array
    {
        $place = $this->prose->one(['Pontianak', 'Kubu Raya', 'Singkawang', 'Sambas', 'Sintang']);
        $initials = $this->prose->one(['Lay', 'Ria', 'Lay/Ria', 'Tim']);
        $this->note('dateline', "$place, BorneOneTV");
        $this->note('initials', $initials);
        $story = $this->prose->paragraphs($paragraphs);
        $story[0] = "$place, BorneOneTV – {$this->prose->lead()} $story[0]";
        $story[$paragraphs - 1] .= " [$initials]";
        return $story;
    }

    /** A story as the classic editor keeps it; $inside stands before its last paragraph. */
    public function classic(int $paragraphs, string ...$inside): string
    {
        $story = $this->story($paragraphs);
        array_splice($story, -1, 0, $inside);
        return implode("\n\n", $story);
    }

    /** A story as the block editor keeps it; $inside, blocks too, stands before its last one. */
    public function blocks(int $paragraphs, string ...$inside): string
    {
        $story = array_map($this->paragraph(...), $this->story($paragraphs));
        array_splice($story, -1, 0, $inside);
        return implode("\n\n", $story);
    }

    public function paragraph(string $text): string
    {
        return $this->block('paragraph', "<p>$text</p>");
    }

    public function block(string $name, string $html, array $attributes = []): string
    {
        $json = $attributes ? ' ' . wp_json_encode($attributes) : '';
        return "<!-- wp:$name$json -->\n$html\n<!-- /wp:$name -->";
    }

    /** A photograph in the media library, by its id; it goes to the post that is being made. */
    public function photo(?Caption $caption = null): int
    {
        $number = ++$this->taken;
        $name = sprintf('IMG-WA%04d', $number);
        $upload = wp_upload_bits("$name.jpg", null, $this->negative($number % 5));
        $id = wp_insert_attachment(wp_slash([
            'post_title' => $name,
            'post_excerpt' => (string) $caption,
            'post_mime_type' => 'image/jpeg',
            'post_status' => 'inherit',
            'meta_input' => ['scene' => $caption?->scene, 'credit' => $caption?->credit],
        ]), $upload['file']);
        wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $upload['file']));
        $this->note('photos', $id);
        return $id;
    }

    public function image(int $id, string $alt = ''): string
    {
        return sprintf(
            '<img src="%s" alt="%s" class="wp-image-%d"/>',
            esc_url(wp_get_attachment_image_url($id, 'large')),
            esc_attr($alt),
            $id
        );
    }

    public function imageBlock(?Caption $caption = null): string
    {
        $id = $this->photo($caption);
        $under = $caption ? "<figcaption class=\"wp-element-caption\">$caption</figcaption>" : '';
        return $this->block('image', '<figure class="wp-block-image size-large">'
            . "{$this->image($id)}$under</figure>", ['id' => $id, 'sizeSlug' => 'large']);
    }

    /** A post that is already published. */
    public function earlier(): WP_Post
    {
        $posts = get_posts(['numberposts' => 10, 'orderby' => 'ID', 'order' => 'ASC']);
        return $this->prose->one($posts);
    }

    /** A link to an earlier post, in a sentence. */
    public function link(): string
    {
        $post = $this->earlier();
        $this->note('outlinks', get_permalink($post));
        return $this->anchor($post);
    }

    /** A link to an earlier post that stands behind "Baca juga"; $label inside the link. */
    public function readAlso(string $label = ''): string
    {
        $post = $this->earlier();
        $this->note('read_also', $post->ID);
        return $this->anchor($post, $label);
    }

    /** A link to anywhere else, also to a page of the site, and without its origin or scheme. */
    public function outlink(string $url, string $words): string
    {
        $origin = ['//' => 'http:', '/' => home_url()];
        $this->note('outlinks', ($origin[substr($url, 0, 2)] ?? $origin[$url[0]] ?? '') . $url);
        return sprintf('<a href="%s">%s</a>', esc_url($url), $words);
    }

    /** The player of a platform, as its own embed code has it. */
    public function player(string $platform, string $id, string $src): string
    {
        $this->note('videos', [$platform, $id]);
        return sprintf('<iframe src="%s" width="560" height="315">Tidak tampil.</iframe>', $src);
    }

    /** A frame that plays no video; $shown is what it shows, where that is another address. */
    public function frame(string $src, ?string $shown = null): string
    {
        $this->note('embeds', $shown ?? $src);
        return sprintf('<iframe src="%s" width="500" height="300"></iframe>', esc_url($src));
    }

    /** A post of TikTok, as its embed code has it until its script runs. */
    public function post(string $url): string
    {
        $this->note('embeds', $url);
        return "<blockquote class=\"tiktok-embed\" cite=\"$url\"><section><a href=\"$url\">"
            . '@borneonetv</a> Air pasang di Sungai Kapuas</section></blockquote>';
    }

    public function lastPhoto(): int
    {
        return $this->noted['photos'][array_key_last($this->noted['photos'])];
    }

    private function anchor(WP_Post $post, string $label = ''): string
    {
        return sprintf('<a href="%s">%s%s</a>', get_permalink($post), $label, get_the_title($post));
    }

    /** A small landscape: sky, river, a boat. */
    private function negative(int $n): string
    {
        if (!isset($this->negatives[$n])) {
            $picture = imagecreatetruecolor(800, 450);
            $sky = imagecolorallocate($picture, 90 + 30 * $n, 170, 220);
            $river = imagecolorallocate($picture, 120, 100, 70);
            $boat = imagecolorallocate($picture, 60, 40, 30);
            imagefilledrectangle($picture, 0, 0, 799, 250, $sky);
            imagefilledrectangle($picture, 0, 250, 799, 449, $river);
            imagefilledellipse($picture, 150 * $n + 90, 260, 160, 50, $boat);
            ob_start();
            imagejpeg($picture, null, 70);
            $this->negatives[$n] = ob_get_clean();
        }
        return $this->negatives[$n];
    }
}
