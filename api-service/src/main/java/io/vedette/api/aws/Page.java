package io.vedette.api.aws;

import java.util.List;
import java.util.function.Function;

/** A page of a listing. */
public record Page<T>(List<T> items, boolean isLast) {
    /** @param found the page's items, and one more where there are more: that one is left for the next page */
    public static <T> Page<T> of(List<T> found, int size) {
        return new Page<>(found.subList(0, Math.min(size, found.size())), found.size() <= size);
    }

    /**
     * Where the next page begins.
     *
     * @param token made from this page's last item
     * @return null on the last page
     */
    public String next(Function<T, String> token) {
        return isLast ? null : token.apply(items.get(items.size() - 1));
    }

    public <R> List<R> map(Function<T, R> answer) {
        return items.stream().map(answer).toList();
    }
}
