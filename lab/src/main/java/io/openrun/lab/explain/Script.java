package io.openrun.lab.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What really happened, in the order in which it did. Nothing is written here that was not seen on the wire. */
final class Script {

    /** One thing that happened; in a lane, or to both when there is none. */
    static final class Event {
        private final @Nullable Lane lane;
        private String text;

        private Event(@Nullable Lane lane, String text) {
            this.lane = lane;
            this.text = text;
        }

        @Nullable
        Lane lane() {
            return lane;
        }

        String text() {
            return text;
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final Map<String, String> programs = new LinkedHashMap<>();
    private boolean recording;

    /** From now on everything is kept; what came before was warming up. */
    synchronized void begin() {
        recording = true;
    }

    synchronized void end() {
        recording = false;
    }

    synchronized void sent(Lane lane, String what) {
        add(lane, "→ " + what);
    }

    /** Keeps the place of an answer whose content is known when it is read. */
    synchronized Event answered(Lane lane, String what) {
        return add(lane, "← " + what);
    }

    synchronized void complete(Event answer, String what) {
        answer.text = "← " + what;
    }

    synchronized void result(Lane lane, String what) {
        add(lane, "★ " + what);
    }

    /** Somebody waits; said once, however long it lasts. */
    synchronized void waits(Lane lane, String why) {
        String text = "… " + why;
        if (events.stream().noneMatch(event -> event.lane == lane && event.text.equals(text))) {
            add(lane, text);
        }
    }

    /** Something that both columns should know. */
    synchronized void note(String what) {
        add(null, what);
    }

    /** The short name under which a Lua program is listed. */
    synchronized String program(String lua) {
        return recording ? programs.computeIfAbsent(lua, first -> "‹Lua " + (programs.size() + 1) + "›") : "";
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Lua programs and their short names, as far as an event mentions them. */
    synchronized Map<String, String> programs() {
        Map<String, String> mentioned = new LinkedHashMap<>();
        programs.forEach((lua, name) -> {
            if (events.stream().anyMatch(event -> event.text.contains(name))) {
                mentioned.put(lua, name);
            }
        });
        return mentioned;
    }

    private Event add(@Nullable Lane lane, String text) {
        Event event = new Event(lane, text);
        if (recording) {
            events.add(event);
        }
        return event;
    }
}
