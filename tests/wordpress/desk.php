<?php
// The editor's desk: what every shape of post is put together from.

class Desk
{
    /** @var list<int> photographs that belong to no post yet */
    public array $photos = [];
    /** @var list<string> */
    private array $negatives = [];
    private int $taken = 0;

    public function __construct(public readonly Prose $prose)
    {
    }

    /** Paragraphs of a story: a dateline opens it, the reporter's initials close it. */
    public function story(int $paragraphs): array
    {
        $place = $this->prose->one(['Pontianak', 'Kubu Raya', 'Singkawang', 'Sambas', 'Sintang']);
        $initials = $this->prose->one(['Lay', 'Ria', 'Lay/Ria', 'Tim']);
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
    public function photo(string $caption = ''): int
    {
        $number = ++$this->taken;
        $name = sprintf('IMG-WA%04d', $number);
        $upload = wp_upload_bits("$name.jpg", null, $this->negative($number % 5));
        $id = wp_insert_attachment(wp_slash([
            'post_title' => $name,
            'post_excerpt' => $caption,
            'post_mime_type' => 'image/jpeg',
            'post_status' => 'inherit',
        ]), $upload['file']);
        wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $upload['file']));
        return $this->photos[] = $id;
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

    public function imageBlock(string $caption = ''): string
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

    public function link(): string
    {
        $post = $this->earlier();
        return sprintf('<a href="%s">%s</a>', get_permalink($post), get_the_title($post));
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
