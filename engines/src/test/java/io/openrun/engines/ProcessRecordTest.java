package io.openrun.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {

    @TempDir
    Path folder;

    @Test
    void findsTheProcessItDescribes() {
        var file = folder.resolve("run").resolve("me.pid");
        ProcessRecord.of(ProcessHandle.current()).writeTo(file);

        assertThat(ProcessRecord.readFrom(file).flatMap(ProcessRecord::find)).contains(ProcessHandle.current());
    }

    @Test
    void doesNotMistakeALaterProcessWithTheSameIdForItsOwn() {
        var me = ProcessRecord.of(ProcessHandle.current());
        var earlier = new ProcessRecord(me.pid(), me.startedAt().minus(Duration.ofMinutes(1)), me.command());
        var other = new ProcessRecord(me.pid(), me.startedAt(), "/usr/bin/other");

        assertThat(earlier.find()).isEmpty();
        assertThat(other.find()).isEmpty();
    }

    @Test
    void takesAMissingRecordForNoProcess() {
        assertThat(ProcessRecord.readFrom(folder.resolve("nothing.pid"))).isEmpty();
    }
}
