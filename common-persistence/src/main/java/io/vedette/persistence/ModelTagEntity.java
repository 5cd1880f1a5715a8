package io.vedette.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** A row of {@code model_tag}. */
@Entity(name = "ModelTag")
@Table(name = "model_tag")
@IdClass(ModelTagEntity.Key.class)
class ModelTagEntity {
    @Id
    @Column(name = "model_id")
    UUID modelId;

    @Id
    String key;

    String value;

    record Key(UUID modelId, String key) implements Serializable {}
}
