package io.liveresponse.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** The known name that a mistyped one is likeliest to stand for. */
public final class NearestName {

    private NearestName() {
    }

    /** The nearest key; among the settings of a tenant if the key is one of a tenant's. */
    public static String key(String mistyped, Optional<List<String>> tenants) {
        Collection<String> names = new TreeSet<>(tenants.orElse(List.of()));
        SettingCatalog.tenantIn(mistyped).ifPresent(name -> {
            names.clear();
            names.add(name);
        });
        if (names.isEmpty()) {
            names.add(Setting.TENANT);
        }
        return to(mistyped, SettingCatalog.keys(names));
    }

    /** The nearest of some names; the first of equals. */
    public static String to(String mistyped, Collection<String> names) {
        String wanted = mistyped.toLowerCase(Locale.ROOT);
        return names.stream().min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))).orElseThrow();
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one to the other. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
