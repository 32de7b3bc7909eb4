package io.promptaudit.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.promptaudit.server.database.OnlineCopy;
import io.promptaudit.server.database.PrivateFiles;

/**
 * A backup is one zip: the database, the keys, and last {@code MANIFEST.sha256} in the form of {@code sha256sum}. It holds
 * everything the trail holds, secrets included: keep it as private as the data folder.
 */
public final class Backup {
    private static final String MANIFEST = "MANIFEST.sha256";
    private static final String DATABASE = "trail.mv.db";
    private static final String KEYS = "keys/";

    private Backup() {}

    /** Copies the running trail into {@code zip}. */
    static void make(OnlineCopy database, Path keys, Path zip) throws IOException {
        PrivateFiles.createFolder(folder(zip));
        Path copy = Files.createTempDirectory(folder(zip), "copy").resolve("database.zip");
        try {
            database.to(copy);
            PrivateFiles.write(zip, out -> pack(copy, keys, out));
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(folder(copy));
        }
    }

    private static void pack(Path copy, Path keys, OutputStream out) throws IOException {
        var digests = new TreeMap<String, String>();
        var zip = new ZipOutputStream(out);
        try (var database = new ZipInputStream(Files.newInputStream(copy))) {
            for (ZipEntry entry = database.getNextEntry(); entry != null; entry = database.getNextEntry()) {
                digests.put(entry.getName(), add(zip, entry.getName(), database));
            }
        }
        try (var files = Files.newDirectoryStream(keys)) {
            for (Path file : files) {
                String name = KEYS + file.getFileName();
                try (InputStream in = Files.newInputStream(file)) {
                    digests.put(name, add(zip, name, in));
                }
            }
        }
        var manifest = new StringBuilder();
        digests.forEach((name, digest) -> manifest.append(digest).append("  ").append(name).append('\n'));
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    private static String add(ZipOutputStream zip, String name, InputStream in) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var digested = new DigestInputStream(in, sha256());
        digested.transferTo(zip);
        zip.closeEntry();
        return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    }

    /**
     * Puts a backup into an empty data folder, after every member was checked against the manifest.
     *
     * @throws IllegalArgumentException when the folder holds a trail, or the backup is damaged or no backup; nothing is left
     */
    public static void restore(Path zip, Path dataFolder) {
        try {
            if (Files.exists(dataFolder.resolve(DATABASE)) || Files.exists(dataFolder.resolve(KEYS))) {
                throw new IllegalArgumentException(dataFolder + " holds a trail already; a backup goes into an empty folder");
            }
            check(zip);
            PrivateFiles.createFolder(dataFolder);
            PrivateFiles.createFolder(dataFolder.resolve(KEYS));
            try (var in = new ZipInputStream(Files.newInputStream(zip))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (!entry.getName().equals(MANIFEST)) {
                        PrivateFiles.write(dataFolder.resolve(entry.getName()), in::transferTo);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the backup " + zip + " cannot be restored to " + dataFolder, e);
        }
    }

    private static void check(Path zip) throws IOException {
        var found = new HashMap<String, String>();
        Map<String, String> promised = new HashMap<>();
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.getName();
                if (name.equals(MANIFEST)) {
                    promised = manifest(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                } else {
                    requireExpected(name);
                    var digested = new DigestInputStream(in, sha256());
                    digested.transferTo(OutputStream.nullOutputStream());
                    found.put(name, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
                }
            }
        }
        if (!found.containsKey(DATABASE) || !found.equals(promised)) {
            throw new IllegalArgumentException(zip + " is not a whole backup: its members differ from its manifest");
        }
    }

    /** A backup has these members and no others: a name can lead nowhere else. */
    private static void requireExpected(String name) {
        if (!name.equals(DATABASE) && !name.matches("keys/[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("a backup has no member " + name);
        }
    }

    private static Map<String, String> manifest(String text) {
        var promised = new HashMap<String, String>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" {2}", 2);
            if (parts.length == 2) {
                promised.put(parts[1], parts[0]);
            }
        }
        return promised;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return folder;
    }
}
