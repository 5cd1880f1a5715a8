package io.vedette.api.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.scheduler.Scheduled;
import io.vedette.common.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Client tokens: the same call with the same token has one effect, and the first answer is given again for 8 hours
 * (specification §3.6). A token belongs to account, region and operation; only accepted calls are remembered.
 */
@ApplicationScoped
public class Idempotency {
    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9-]{1,64}");
    private static final String THE_KEY = " where account = ?1 and region = ?2 and operation = ?3 and token = ?4";

    // INVARIANT: the loser of a race waits here, on the index, until the winner's transaction has ended: it then finds
    // the winner's answer, or makes the row itself if the winner was rolled back.
    private static final String CLAIM = "insert into idempotency as held"
            + " (account, region, operation, token, request_hash, response, expires_at)"
            + " values (?1, ?2, ?3, ?4, ?5, '', clock_timestamp() + interval '8 hours')"
            + " on conflict (account, region, operation, token) do update"
            + " set request_hash = excluded.request_hash, response = '', expires_at = excluded.expires_at"
            + " where held.expires_at <= clock_timestamp() returning 1";

    private final EntityManager entities;
    private final ObjectMapper json;
    private final Caller caller;

    Idempotency(EntityManager entities, ObjectMapper json, Caller caller) {
        this.entities = entities;
        this.json = json;
        this.caller = caller;
    }

    private record Key(Scope scope, String operation, String token) {
        Query in(Query query) {
            return query.setParameter(1, scope.account())
                    .setParameter(2, scope.region())
                    .setParameter(3, operation)
                    .setParameter(4, token);
        }
    }

    private record Row(byte[] hash, String response, boolean fresh) {}

    /**
     * A call that may come again.
     *
     * @param token null if the caller sent none: then nothing is remembered
     * @param input what two calls must have in common to be the same, normalised; written as JSON and hashed
     * @param target named by the conflict if the token came with other input before
     * @param answer written as JSON and read again by the wire's ObjectMapper
     */
    public record Call<T>(String operation, String token, Object input, Resource target, Class<T> answer) {}

    /**
     * Has the effect, or gives the answer it had the first time. To be called in the transaction of the effect: token
     * and effect are kept or rolled back together.
     *
     * @throws ServiceException VALIDATION if the token is malformed, CONFLICT if it came with other input before
     */
    public <T> T once(Call<T> call, Supplier<T> effect) {
        if (call.token() == null) {
            return effect.get();
        }
        Key key = key(call);
        if (!claim(key, hash(call.input()))) {
            return remembered(call, row(key).orElseThrow());
        }
        T first = effect.get();
        remember(key, first);
        return first;
    }

    /**
     * The answer that the call had the first time, if there was one: for calls that do costly things, or ask others,
     * before the transaction of their effect. Only {@link #once} decides.
     *
     * @throws ServiceException as {@link #once}
     */
    @Transactional
    public <T> Optional<T> earlier(Call<T> call) {
        return call.token() == null
                ? Optional.empty()
                : row(key(call)).filter(Row::fresh).map(row -> remembered(call, row));
    }

    /** What has expired is only in the way. */
    @Scheduled(every = "1h", delayed = "1m")
    @Transactional
    void forget() {
        entities.createNativeQuery("delete from idempotency where expires_at <= clock_timestamp()")
                .executeUpdate();
    }

    private Key key(Call<?> call) {
        if (!TOKEN.matcher(call.token()).matches()) {
            throw AwsError.VALIDATION.because("clientToken must be 1 to 64 letters, digits or '-'.");
        }
        return new Key(caller.scope(), call.operation(), call.token());
    }

    private boolean claim(Key key, byte[] hash) {
        return !key.in(entities.createNativeQuery(CLAIM, Integer.class))
                .setParameter(5, hash)
                .getResultList()
                .isEmpty();
    }

    private Optional<Row> row(Key key) {
        List<?> rows = key.in(entities.createNativeQuery("select request_hash, response, expires_at > clock_timestamp()"
                        + " from idempotency" + THE_KEY))
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Row((byte[]) row[0], (String) row[1], (Boolean) row[2]))
                .findFirst();
    }

    private <T> T remembered(Call<T> call, Row row) {
        if (!Arrays.equals(hash(call.input()), row.hash())) {
            throw AwsError.CONFLICT.because(
                    call.target(),
                    "The client token was used before with other input. Use a new token for a new call.");
        }
        try {
            return json.readValue(row.response(), call.answer());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("cannot read the remembered answer of " + call.operation(), unreadable);
        }
    }

    private void remember(Key key, Object first) {
        key.in(entities.createNativeQuery("update idempotency set response = ?5" + THE_KEY))
                .setParameter(5, text(first))
                .executeUpdate();
    }

    private byte[] hash(Object input) {
        try {
            return Sha256.of(
                    json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsBytes(input));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String text(Object first) {
        try {
            return json.writeValueAsString(first);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
