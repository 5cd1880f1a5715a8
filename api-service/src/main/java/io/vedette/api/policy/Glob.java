package io.vedette.api.policy;

/** A text with {@code *} for any characters and {@code ?} for one. */
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text) {
        // Greedy, with one step back: linear for each star, so that no pattern can be made to take for ever.
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(rest -> rest == '*');
    }

    /** Part by part, so that a star stays within its part of the ARN; only the last part may hold colons. */
    static boolean matchesArn(String pattern, String arn) {
        if (pattern.equals("*")) {
            return true;
        }
        String[] patterns = pattern.split(":", 6);
        String[] parts = arn.split(":", 6);
        if (patterns.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!matches(patterns[i], parts[i])) {
                return false;
            }
        }
        return true;
    }
}
