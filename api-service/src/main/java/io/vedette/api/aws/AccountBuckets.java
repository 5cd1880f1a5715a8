package io.vedette.api.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The buckets that each account may name: so that no tenant can make the service read another's. */
@ApplicationScoped
public class AccountBuckets {
    private static final TypeReference<Set<String>> NAMES = new TypeReference<>() {};

    private final EntityManager entities;
    private final ObjectMapper json;

    AccountBuckets(EntityManager entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** True too for an account that has no list. */
    @Transactional
    public boolean mayName(String account, String bucket) {
        List<?> lists = entities.createNativeQuery(
                        "select buckets from account where account = ?1 and buckets is not null", String.class)
                .setParameter(1, account)
                .getResultList();
        return lists.stream()
                .map(String.class::cast)
                .allMatch(names -> names(names).contains(bucket));
    }

    /** As {@link #mayName}, of the account that the data set belongs to. */
    @Transactional
    public boolean mayHold(UUID datasetId, String bucket) {
        Object account = entities.createNativeQuery(
                        "select p.account from dataset d join project p using (project_id) where d.dataset_id = ?1",
                        String.class)
                .setParameter(1, datasetId)
                .getSingleResult();
        return mayName((String) account, bucket);
    }

    private Set<String> names(String column) {
        try {
            return json.readValue(column, NAMES);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("an account's buckets are not a JSON array of texts", unreadable);
        }
    }
}
