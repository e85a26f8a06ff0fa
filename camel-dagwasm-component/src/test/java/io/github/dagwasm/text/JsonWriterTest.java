package io.github.dagwasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void separatesMembersAndElementsAtEveryDepth() {
        JsonWriter json = new JsonWriter();

        json.beginObject();
        json.name("a").value(1).name("b").value("x").name("c").value(true).name("d").nullValue();
        json.name("e").beginArray();
        json.value(1).value("x").value(false).nullValue().beginObject().endObject();
        json.beginArray().endArray().beginArray().value(2).endArray();
        json.endArray();
        json.name("f").beginObject().name("g").beginObject().endObject().endObject();
        json.name("h").value(Long.MIN_VALUE);
        json.endObject();

        assertThat(json)
                .hasToString(
                        "{\"a\":1,\"b\":\"x\",\"c\":true,\"d\":null,"
                                + "\"e\":[1,\"x\",false,null,{},[],[2]],"
                                + "\"f\":{\"g\":{}},\"h\":-9223372036854775808}");
    }

    @Test
    void separatesStringsThatEndLikeStructure() {
        JsonWriter json = new JsonWriter();

        json.beginArray().value("{").value("[").value(":").value("").value(",").endArray();

        assertThat(json).hasToString("[\"{\",\"[\",\":\",\"\",\",\"]");
    }

    @Test
    void aDocumentMayBeOneValue() {
        assertThat(new JsonWriter().value("x")).hasToString("\"x\"");
        assertThat(new JsonWriter().beginArray().endArray()).hasToString("[]");
        assertThat(new JsonWriter()).hasToString("");
    }

    @Test
    void escapesQuotesBackslashesAndControlsAndNothingElse() {
        assertThat(JsonWriter.quote("\"\\/\n\r\t\b\f\u0000\u001f\u007f\u0085é\u2028🦀"))
                .isEqualTo("\"\\\"\\\\/\\n\\r\\t\\b\\f\\u0000\\u001f\\u007f\\u0085é\u2028🦀\"");
        assertThat(JsonWriter.quote("")).isEqualTo("\"\"");
    }

    @Test
    void escapesSurrogatesThatHaveNoOtherHalf() {
        assertThat(JsonWriter.quote("\ud83e\ud83e\udd80\udd80a\udd80\ud83e"))
                .isEqualTo("\"\\ud83e🦀\\udd80a\\udd80\\ud83e\"");
    }

    @Test
    void escapesNamesToo() {
        assertThat(new JsonWriter().beginObject().name("a\"\n").value(0).endObject())
                .hasToString("{\"a\\\"\\n\":0}");
    }
}
