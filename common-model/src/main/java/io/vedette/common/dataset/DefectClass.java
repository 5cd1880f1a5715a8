package io.vedette.common.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What a colour of a mask stands for (specification §5.3).
 *
 * @param name of the defect as the manifest has it; {@code BACKGROUND}, in any case of letters, is no defect
 * @param rgb 0xRRGGBB
 */
@JsonIgnoreProperties({"rgb", "background"}) // the colour says it
public record DefectClass(String name, int rgb) {
    @JsonCreator
    static DefectClass of(@JsonProperty("name") String name, @JsonProperty("color") String color) {
        return new DefectClass(name, ColorMap.rgb(color));
    }

    /** {@code #RRGGBB}, in capitals as the API gives it. */
    @JsonProperty("color")
    public String color() {
        return String.format(Locale.ROOT, "#%06X", rgb);
    }

    public boolean isBackground() {
        return name.equalsIgnoreCase("BACKGROUND");
    }
}
