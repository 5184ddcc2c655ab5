<?php
// Opens and closes its stories as other newsrooms do.

final class OtherDesk extends Desk
{
    private const OPENINGS = [
        'PUTUSSIBAU – ', 'ENTIKONG, BorneOneTV.com - ', 'KETAPANG (BorneOneTV) – ', '',
        '<b>MEMPAWAH</b> — ', 'Nanga Pinoh, BorneOneTV | ', '',
    ];
    private const CLOSINGS = [' (dfk)', ' (yns/dfk)', ' ***', ' [Kontributor]', '', '', ' (*)'];

    public function story(int $paragraphs): array
    {
        $story = $this->prose->paragraphs($paragraphs);
        $opening = $this->prose->one(self::OPENINGS);
        $story[0] = "$opening{$this->prose->lead()} $story[0]";
        $story[$paragraphs - 1] .= $this->prose->one(self::CLOSINGS);
        return $story;
    }

    /** A block of HTML as an editor pastes it. */
    public function html(string $html): string
    {
        return $this->block('html', $html);
    }
}
