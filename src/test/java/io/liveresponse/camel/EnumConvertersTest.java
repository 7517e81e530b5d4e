package io.liveresponse.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class EnumConvertersTest {

    @Test
    void camel_finds_a_converter_for_what_results_and_failures_need_instead_of_searching_all_it_has() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.build();

            assertThat(context.getTypeConverterRegistry().lookup(HttpMethods.class, String.class)).isNotNull();
            assertThat(context.getTypeConverterRegistry().lookup(Outcome.class, String.class)).isNotNull();
            assertThat(context.getTypeConverterRegistry().lookup(FailureCode.class, String.class)).isNotNull();
        }
    }

    @Test
    void a_label_and_a_name_are_the_constant_and_other_text_is_refused_by_camel() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.build();

            assertThat(context.getTypeConverter().mandatoryConvertTo(Outcome.class, "action-timed-out"))
                    .isEqualTo(Outcome.ACTION_TIMED_OUT);
            assertThat(context.getTypeConverter().mandatoryConvertTo(Outcome.class, "FAILED")).isEqualTo(Outcome.FAILED);
            assertThat(context.getTypeConverter().mandatoryConvertTo(HttpMethods.class, "post")).isEqualTo(HttpMethods.POST);
            assertThatThrownBy(() -> context.getTypeConverter().mandatoryConvertTo(Outcome.class, "actoin-failed"))
                    .isInstanceOf(TypeConversionException.class).hasMessageContaining("actoin-failed");
        }
    }
}
