package io.openrun.lab.explain;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements and rows in a form that fits on a page. */
final class SqlText {

    private static final Pattern CHANGES = Pattern.compile(
            "\\b(insert\\s+into|delete\\s+from|update\\s+\\S+\\s+(?:\\S+\\s+)?set)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern UUID =
            Pattern.compile("\\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{12})\\b");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\b[0-9a-f]{26,}([0-9a-f]{6})\\b");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ](\\d\\d:\\d\\d:\\d\\d)[.\\d]*(Z|[+-][\\d:]+)?");
    private static final int LAST_DIGITS = 6;

    /** What a buyer's fate hangs on; the rest of a row is not shown. */
    private static final Set<String> TELLING =
            Set.of("remaining", "held", "version", "status", "slot", "unit", "count");

    private static final int COLUMNS_OTHERWISE = 3;

    private SqlText() {}

    static Moment moment(String sql) {
        return CHANGES.matcher(sql).find() ? Moment.WRITE : Moment.READ;
    }

    /** The statement with its parameters in their places. */
    static String of(String sql, Map<Integer, String> parameters) {
        StringBuilder text = new StringBuilder();
        int parameter = 0;
        for (char c : sql.strip().replaceAll("\\s+", " ").toCharArray()) {
            if (c == '?') {
                parameter++;
                text.append(parameters.getOrDefault(parameter, "?"));
            } else {
                text.append(c);
            }
        }
        return shortened(text.toString());
    }

    /** Identities are cut to their last digits, times to the second. */
    static String shortened(String text) {
        String ids = UUID.matcher(text).replaceAll(match -> "#" + match.group(2).substring(LAST_DIGITS));
        ids = HEXADECIMAL.matcher(ids).replaceAll("#$1");
        return TIME.matcher(ids).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
    }

    static String literal(Object value) {
        return value instanceof Number || value instanceof Boolean ? value.toString() : "'" + value + "'";
    }

    /** The row a result stands on. */
    static String row(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> telling = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = columns.getColumnLabel(i) + " = " + row.getString(i);
            if (TELLING.contains(columns.getColumnLabel(i))) {
                telling.add(value);
            } else if (first.size() < COLUMNS_OTHERWISE) {
                first.add(value);
            }
        }
        return shortened(String.join(", ", telling.isEmpty() ? first : telling));
    }

    static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
