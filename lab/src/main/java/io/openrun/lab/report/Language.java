package io.openrun.lab.report;

/** What a report is written in; each has files of its own, so that each can be read, printed and sent on its own. */
enum Language {
    ENGLISH("en", "index.html", "report.md", "English"),
    KOREAN("ko", "index.ko.html", "report.ko.md", "한국어");

    private final String code;
    private final String page;
    private final String markdown;
    private final String title;

    Language(String code, String page, String markdown, String title) {
        this.code = code;
        this.page = page;
        this.markdown = markdown;
        this.title = title;
    }

    /** As in {@code <html lang>}. */
    String code() {
        return code;
    }

    String page() {
        return page;
    }

    String markdown() {
        return markdown;
    }

    /** Its own name for itself. */
    String title() {
        return title;
    }
}
