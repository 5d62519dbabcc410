package io.openrun.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class FamilyCpuTest {

    private static final long MORE_THAN_A_SHELL_NEEDS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final String COUNTING = "i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done";

    @Test
    void countsAChildThatHasEnded() throws Exception {
        Process idle = shell("true");
        Process parent = shell("sh -c '" + COUNTING + "'");
        try {
            assertThat(FamilyCpu.nanos(idle.pid())).isBetween(0L, MORE_THAN_A_SHELL_NEEDS);
            assertThat(FamilyCpu.nanos(parent.pid())).isGreaterThan(MORE_THAN_A_SHELL_NEEDS);
        } finally {
            end(idle);
            end(parent);
        }
    }

    @Test
    void countsAChildThatIsStillThere() throws Exception {
        Process parent = shell("sh -c '" + COUNTING + "; echo counted; read line' && true", "counted");
        try {
            assertThat(FamilyCpu.nanos(parent.pid())).isGreaterThan(MORE_THAN_A_SHELL_NEEDS);
        } finally {
            end(parent);
        }
    }

    @Test
    void isNothingForAProcessThatThereIsNot() throws Exception {
        Process gone = shell("true");
        end(gone);

        assertThat(FamilyCpu.nanos(gone.pid())).isZero();
    }

    /** A shell that has done this, said so, and waits for its input to end. */
    private static Process shell(String command) throws IOException {
        return shell(command + "; echo done; read line", "done");
    }

    private static Process shell(String command, String saying) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command).start();
        assertThat(process.inputReader().readLine()).isEqualTo(saying);
        return process;
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.outputWriter().close();
        process.waitFor();
    }
}
