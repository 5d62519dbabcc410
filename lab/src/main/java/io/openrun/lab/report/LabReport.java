package io.openrun.lab.report;

import io.openrun.lab.contention.LabResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the laboratory found for people: a page and a Markdown file per language. The pages need no network and
 * open from a disk; every figure in them is one of the results, or computed from them.
 */
public final class LabReport {

    private LabReport() {}

    /**
     * Writes {@code index.html}, {@code index.ko.html}, {@code report.md} and {@code report.ko.md}, over those that are
     * there.
     *
     * @param folder is made if it does not exist
     * @return the page to open first
     */
    public static Path write(LabResults results, Path folder) throws IOException {
        Files.createDirectories(folder);
        Findings findings = new Findings(results);
        for (Language language : Language.values()) {
            Content content = new Content(findings, Words.in(language));
            Files.writeString(folder.resolve(language.page()), HtmlReport.of(content));
            Files.writeString(folder.resolve(language.markdown()), MarkdownReport.of(content));
        }
        return folder.resolve(Language.ENGLISH.page());
    }
}
