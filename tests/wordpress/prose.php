<?php
// Writes the newsroom's news: Indonesian sentences from templates, the same ones at every run.

use Random\Engine\Mt19937;
use Random\Randomizer;

class Prose
{
    protected const WORDS = [
        'kota' => [
            'Pontianak', 'Singkawang', 'Sambas', 'Mempawah', 'Kubu Raya', 'Bengkayang', 'Landak',
            'Sanggau', 'Sekadau', 'Sintang', 'Melawi', 'Putussibau', 'Ketapang', 'Sukadana',
        ],
        'tempat' => [
            'Pasar Flamboyan', 'Taman Alun Kapuas', 'Balai Petitih', 'Pelabuhan Dwikora',
            'Jembatan Kapuas', 'Gedung Serbaguna', 'Aula Kantor Camat', 'Lapangan Keboen Sajoek',
            'Terminal Batulayang', 'Waterfront Sambas', 'Kampung Beting', 'Rumah Radakng',
        ],
        'pejabat' => [
            'Wali Kota', 'Bupati', 'Wakil Bupati', 'Kepala Dinas Pendidikan', 'Camat', 'Lurah',
            'Kepala Dinas Kesehatan', 'Kepala Dinas Pekerjaan Umum', 'Ketua Komisi II DPRD',
            'Kepala Pelaksana BPBD', 'Kapolsek', 'Ketua panitia', 'Kepala Dinas Perdagangan',
        ],
        'nama' => [
            'Suhardi', 'Marselina', 'Abdul Hamid', 'Yohanes Tito', 'Rahmawati', 'Lim Kui Fong',
            'Syarif Usman', 'Theresia Ayu', 'Bambang Irawan', 'Dayang Nursiah', 'Petrus Ganing',
            'Halimah', 'Agustinus', 'Nur Aini', 'Chai Ket Khiong', 'Uray Maulana',
        ],
        'warga' => ['warga', 'pedagang', 'nelayan', 'petani', 'pelajar', 'sopir', 'perajin'],
        'hal' => [
            'perbaikan jalan lingkungan', 'penataan pedagang kaki lima', 'penanganan kabut asap',
            'penyaluran air bersih', 'pasar murah menjelang hari raya', 'imunisasi anak sekolah',
            'pembersihan parit', 'bantuan bibit padi', 'pelatihan pemasaran daring',
            'festival budaya', 'turnamen sepak bola antardesa', 'pengerukan muara sungai',
            'pembangunan ruang kelas', 'pengawasan harga bahan pokok', 'penghijauan tepi sungai',
        ],
        'akibat' => [
            'antrean kendaraan memanjang', 'harga cabai rawit naik', 'ratusan rumah terendam',
            'jadwal belajar diundur', 'pendapatan harian menurun', 'pasokan ikan berkurang',
            'listrik padam beberapa jam', 'akses ke desa terputus',
        ],
        'hari' => ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
        'ujar' => ['ujarnya', 'katanya', 'jelasnya', 'tambahnya', 'tutur {nama}', 'kata {nama}'],
        'waktu' => [
            'sejak pagi', 'dalam dua pekan terakhir', 'sepanjang tahun ini', 'setelah hujan deras',
            'menjelang akhir tahun', 'dalam waktu dekat', 'mulai pekan depan',
        ],
    ];

    protected const LEADS = [
        '{pejabat} {kota} {nama} meninjau {hal} di {tempat}, {hari} ({tanggal}).',
        'Pemerintah daerah di {kota} memulai {hal} yang ditunggu {warga} {waktu}.',
        'Sedikitnya {angka} {warga} mengikuti kegiatan {hal} di {tempat}, {kota}.',
        'Upaya {hal} di {kota} belum tuntas karena {akibat} {waktu}.',
        '{pejabat} {nama} meminta {hal} di {kota} dikerjakan terbuka dan tepat waktu.',
        'Sebanyak {angka} {warga} dari {kota} mengeluhkan {akibat} {waktu}.',
    ];

    protected const SENTENCES = [
        'Kegiatan itu diikuti {angka} peserta dari {kota} dan {kota}.',
        'Menurut {nama}, {hal} sudah direncanakan {waktu}.',
        'Data sementara mencatat {angka} keluarga terdampak, sedangkan {akibat} di {tempat}.',
        'Anggaran yang disiapkan mencapai Rp{angka} juta dari kas daerah.',
        '{nama}, salah seorang {warga}, mengaku baru mengetahui rencana tersebut.',
        'Petugas gabungan berjaga di {tempat} sampai keadaan benar-benar pulih.',
        'Kondisi serupa pernah terjadi di {kota}, ketika {akibat} {waktu}.',
        'Panitia menyediakan {angka} kursi, namun yang hadir jauh lebih banyak.',
        'Selain {hal}, pemerintah juga menyiapkan {hal} bagi {warga}.',
        'Jarak dari {kota} ke lokasi sekitar {angka} kilometer lewat jalan darat.',
        'Hingga berita ini ditulis, belum ada keterangan resmi dari {pejabat}.',
        'Pekerjaan ditargetkan selesai dalam {angka} hari kalender.',
        'Sebagian {warga} memilih menunggu di {tempat} sambil membawa perlengkapan seadanya.',
        'Rapat yang dipimpin {pejabat} {nama} berlangsung hampir tiga jam.',
        'Dampaknya terasa langsung: {akibat} dan {warga} harus mengatur ulang rencana.',
        'Tahun lalu, program {hal} hanya menjangkau {angka} rumah tangga.',
        'Warga berharap {hal} tidak berhenti pada tahap pertama saja.',
        'Laporan lengkap akan dibahas bersama DPRD {kota} pada {hari} mendatang.',
    ];

    protected const QUOTES = [
        '"Kami ingin {hal} ini benar-benar dirasakan {warga}," {ujar}.',
        '"Kalau {akibat}, yang paling rugi tentu {warga} kecil," {ujar}.',
        '"Target kami {angka} titik selesai {waktu}," {ujar}.',
        '"Jangan sampai {warga} menunggu lagi, apalagi {akibat}," {ujar}.',
        '"Semua laporan kami catat, lalu kami tindak lanjuti satu per satu," {ujar}.',
        '"Terima kasih kepada {warga} yang sudah membantu \'gotong royong\' ini," {ujar}.',
    ];

    protected const HEADLINES = [
        '{pejabat} {kota} Tinjau {hal} di {tempat}',
        '{angka} {warga} {kota} Ikuti {hal}',
        '{kota} Siapkan {hal} {waktu}',
        'Akibat Cuaca, {akibat} di {kota}',
        'DPRD {kota} Soroti {hal}',
        '{warga} {kota} Harapkan {hal} Segera Rampung',
        '{nama}: {hal} Harus Tuntas {waktu}',
    ];

    protected const SCENES = [
        'Suasana {hal} di {tempat}, {hari} ({tanggal}).',
        '{pejabat} {nama} saat berbincang dengan {warga} di {tempat}.',
        '{tempat}, {kota}, {waktu}.',
    ];

    /** How a caption says whom it is credited to, and who that is. */
    protected const CREDITS = [
        [' Foto: %s', 'BorneOneTV/Lay'],
        [' Foto, %s', 'BorneOneTV/Ria'],
        [' Foto: %s', 'Istimewa'],
        [' (Foto: %s)', 'Humas Pemkot Pontianak'],
        [' (%s)', 'Istimewa'],
        [' %s', 'Dok. Humas Pemprov Kalbar'],
        ['', null],
    ];

    private Randomizer $random;
    /** @var array<string, true> */
    private array $headlines = [];

    public function __construct(int $seed)
    {
        $this->random = new Randomizer(new Mt19937($seed));
    }

    public function between(int $low, int $high): int
    {
        return $this->random->getInt($low, $high);
    }

    /** @template T @param list<T> $choices @return T */
    public function one(array $choices): mixed
    {
        return $choices[$this->between(0, count($choices) - 1)];
    }

    /** @template T @param list<T> $choices @return list<T> */
    public function some(array $choices, int $count): array
    {
        return array_slice($this->random->shuffleArray($choices), 0, $count);
    }

    /** A headline that was not given before, its words in capitals as newsrooms do. */
    public function headline(): string
    {
        do {
            $headline = ucwords($this->fill($this->one(static::HEADLINES)));
            $headline = str_replace(' Di ', ' di ', $headline);
        } while (isset($this->headlines[$headline]));
        $this->headlines[$headline] = true;
        return $headline;
    }

    public function lead(): string
    {
        return $this->fill($this->one(static::LEADS));
    }

    public function sentence(): string
    {
        return ucfirst($this->fill($this->one(static::SENTENCES)));
    }

    public function quote(): string
    {
        return $this->fill($this->one(static::QUOTES));
    }

    /** Two to four sentences, sometimes with a quotation. */
    public function paragraph(): string
    {
        $templates = $this->some(static::SENTENCES, $this->between(2, 3));
        $sentences = array_map(fn(string $text) => ucfirst($this->fill($text)), $templates);
        if ($this->between(1, 3) === 1) {
            $sentences[] = $this->quote();
        }
        return implode(' ', $sentences);
    }

    /** @return list<string> */
    public function paragraphs(int $count): array
    {
        return array_map(fn() => $this->paragraph(), range(1, $count));
    }

    /** A caption in two: what the picture shows, and whom it is credited to, if anybody. */
    public function caption(): Caption
    {
        $scene = $this->fill($this->one(static::SCENES));
        return new Caption(ucfirst($scene), ...$this->one(static::CREDITS));
    }

    private function fill(string $template): string
    {
        $text = preg_replace_callback('/\{(\w+)\}/', fn(array $slot) => match ($slot[1]) {
            'angka' => (string) $this->between(12, 980),
            'tanggal' => $this->between(1, 28) . '/' . $this->between(1, 12),
            default => $this->one(static::WORDS[$slot[1]]),
        }, $template);
        return str_contains($text, '{') ? $this->fill($text) : $text;
    }
}

/** What stands under a picture. */
final class Caption
{
    public function __construct(
        public readonly string $scene,
        private readonly string $form,
        public readonly ?string $credit
    ) {
    }

    public function __toString(): string
    {
        return $this->scene . sprintf($this->form, $this->credit);
    }

    /** The same caption with more words between its scene and its credit. */
    public function saying(string $more): self
    {
        return new self("$this->scene $more", $this->form, $this->credit);
    }
}
