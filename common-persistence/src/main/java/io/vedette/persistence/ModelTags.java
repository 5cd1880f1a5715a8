package io.vedette.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.vedette.persistence.NewModel.Tag;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The tags of models. Whoever changes them holds the model's row ({@link Models#findAndLock}). */
@ApplicationScoped
public class ModelTags implements PanacheRepositoryBase<ModelTagEntity, ModelTagEntity.Key> {

    /** By key, in the order of the keys' characters. */
    public List<Tag> of(UUID modelId) {
        return list("modelId", modelId).stream()
                .map(row -> new Tag(row.key, row.value))
                .sorted(Comparator.comparing(Tag::key))
                .toList();
    }

    /** Adds the tags; of a key that is there already the value is replaced. */
    public void put(UUID modelId, Collection<Tag> tags) {
        for (Tag tag : tags) {
            getEntityManager()
                    .createNativeQuery("insert into model_tag (model_id, key, value) values (?1, ?2, ?3)"
                            + " on conflict (model_id, key) do update set value = excluded.value")
                    .setParameter(1, modelId)
                    .setParameter(2, tag.key())
                    .setParameter(3, tag.value())
                    .executeUpdate();
        }
    }

    /** Keys that are not there are no error. */
    public void remove(UUID modelId, Collection<String> keys) {
        if (!keys.isEmpty()) {
            delete("modelId = ?1 and key in ?2", modelId, keys);
        }
    }
}
