package io.openrun.drop.schedule;

import io.openrun.platform.idempotency.IdempotentRequests;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Remembers which drop a key scheduled. Takes part in its caller's transaction. */
@Component
class ScheduleRequests {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ScheduleRequests(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** What a key did before; the answer is missing when it was never given. */
    record Earlier(
            String fingerprint, UUID dropId, @Nullable String answer) {}

    /** Takes the key for a drop. Whoever comes at the same time waits here for the first one's transaction. */
    boolean claim(RequestKey key, UUID dropId) {
        return jdbc.sql("""
                        insert into drops.drop_request (user_id, key, fingerprint, drop_id) values (?, ?, ?, ?)
                        on conflict (user_id, key) do nothing""")
                        .params(key.userId(), key.key(), key.fingerprint(), dropId)
                        .update()
                == 1;
    }

    Earlier of(RequestKey key) {
        return jdbc.sql("select fingerprint, drop_id, answer from drops.drop_request where user_id = ? and key = ?")
                .params(key.userId(), key.key())
                .query(Earlier.class)
                .single();
    }

    /** Whether the key did nothing yet. */
    boolean isNew(RequestKey key) {
        return jdbc.sql("select count(*) from drops.drop_request where user_id = ? and key = ?")
                        .params(key.userId(), key.key())
                        .query(Integer.class)
                        .single()
                == 0;
    }

    /** Writes the answer down where the drop has a key, and returns the first that was: everybody is given that one. */
    String answer(UUID dropId, DropView view) {
        var answer = json.writeValueAsString(view);
        return jdbc.sql("""
                        update drops.drop_request set answer = coalesce(answer, ?) where drop_id = ?
                        returning answer""")
                .params(answer, dropId)
                .query(String.class)
                .optional()
                .orElse(answer);
    }

    /** Tells one request from another. */
    String fingerprint(Object body) {
        return IdempotentRequests.fingerprint(json, body);
    }

    /** A drop that came to nothing gives its key back. */
    void forget(UUID dropId) {
        jdbc.sql("delete from drops.drop_request where drop_id = ?")
                .param(dropId)
                .update();
    }
}
