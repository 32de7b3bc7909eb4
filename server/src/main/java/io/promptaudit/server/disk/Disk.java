package io.promptaudit.server.disk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.server.disk.Room.Level;
import io.promptaudit.server.sequence.WriteHold;

/** How much room there was when that was last looked at. Keeps writes from beginning while it is too little. */
public final class Disk implements WriteHold {
    private volatile List<Room> rooms = List.of();

    Disk() {}

    List<Room> rooms() {
        return rooms;
    }

    void now(List<Room> measured) {
        rooms = List.copyOf(measured);
    }

    Level levelOf(String volume) {
        return rooms.stream().filter(room -> room.volume().equals(volume)).map(Room::level).findFirst().orElse(Level.FINE);
    }

    /** Volumes at this level or beyond. */
    String names(Level level) {
        return rooms.stream().filter(room -> room.level().compareTo(level) >= 0).map(Room::volume)
                .collect(Collectors.joining(" and "));
    }

    @Override
    public @Nullable String reason() {
        return Optional.of(names(Level.READ_ONLY)).filter(names -> !names.isEmpty())
                .map(names -> "the disk is nearly full: make room on the volume of the " + names).orElse(null);
    }

    /**
     * Says no before something large is written beside the trail.
     *
     * @throws TrailUnavailable while there is too little room
     */
    public void requireRoom() {
        String reason = reason();
        if (reason != null) {
            throw new TrailUnavailable(reason + "; nothing changed", null);
        }
    }
}
