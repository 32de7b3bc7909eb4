// Verifies a ledger, in a folder or at an address, with the Go project's packages for transparency logs
// (golang.org/x/mod/sumdb): signatures, every tile up to the signed root, every entry, and receipts that were kept.
//
//	go run ledger.go FOLDER|URL VKEY [RECEIPT...]
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const full = 256

// ledger is laid out as C2SP tlog-tiles says.
type ledger struct{ at string }

func (l ledger) read(path string) ([]byte, error) {
	if !strings.HasPrefix(l.at, "http") {
		return os.ReadFile(filepath.Join(l.at, path))
	}
	answer, err := http.Get(strings.TrimSuffix(l.at, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (l ledger) Height() int { return 8 }

func (l ledger) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := l.read("tile/" + strings.TrimPrefix(tile.Path(), "tile/8/"))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (l ledger) SaveTiles([]tlog.Tile, [][]byte) {}

// tree reads a checkpoint, and believes it only under the key.
func tree(checkpoint []byte, key note.Verifier) (tlog.Tree, error) {
	signed, err := note.Open(checkpoint, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", key.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// entries reads the entry bundle that begins with this index.
func (l ledger) entries(first, size int64) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: 0, N: first / full, W: full}
	if size-first < full {
		tile.W = int(size - first)
	}
	data, err := l.read("tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/"))
	var entries [][]byte
	for err == nil && len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("entry bundle at %d is cut short", first)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries, data = append(entries, data[2:end]), data[end:]
	}
	if err == nil && len(entries) != tile.W {
		err = fmt.Errorf("entry bundle at %d has %d entries instead of %d", first, len(entries), tile.W)
	}
	return entries, err
}

func (l ledger) verify(at tlog.Tree) error {
	hashes := tlog.TileHashReader(at, l)
	for first := int64(0); first < at.N; first += full {
		entries, err := l.entries(first, at.N)
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(i)))
		}
		signed, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != signed[i] {
				return fmt.Errorf("entry %d is not the one that was signed", first+int64(i))
			}
		}
	}
	return nil
}

// receipt verifies a C2SP tlog-proof, and that this ledger has the entry it speaks of.
func (l ledger) receipt(file string, now tlog.Tree, key note.Verifier) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("%s is no receipt", file)
	}
	then, err := tree([]byte(checkpoint), key)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	if err != nil || index >= now.N {
		return fmt.Errorf("%s: the ledger ends before entry %d", file, index)
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return fmt.Errorf("%s: %q is no hash", file, line)
		}
		proof = append(proof, *(*tlog.Hash)(hash))
	}
	entries, err := l.entries(index/full*full, now.N)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, then.N, then.Hash, index, tlog.RecordHash(entries[index%full]))
}

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: go run ledger.go FOLDER|URL VKEY [RECEIPT...]"))
	}
	key, err := note.NewVerifier(os.Args[2])
	fail(err)
	ledger := ledger{os.Args[1]}
	checkpoint, err := ledger.read("checkpoint")
	fail(err)
	now, err := tree(checkpoint, key)
	fail(err)
	fail(ledger.verify(now))
	fmt.Printf("%d entries are what %s signed\n", now.N, key.Name())
	for _, file := range os.Args[3:] {
		fail(ledger.receipt(file, now, key))
		fmt.Printf("%s holds\n", filepath.Base(file))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
