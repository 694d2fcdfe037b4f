package org.privateshare.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.privateshare.model.ByteRange;

final class ByteRangesTest {
  private static String read(String field, long size) {
    return switch (ByteRanges.of(List.of(field), size)) {
      case ByteRanges.Plain.WHOLE -> "whole";
      case ByteRanges.Plain.NONE -> "none";
      case ByteRanges.Parts(List<ByteRange> all) ->
          all.stream().map(ByteRange::toString).collect(joining(" "));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bytes=0-0                          | 0-0
          bytes=0-9                          | 0-9
          bytes=5-                           | 5-9
          bytes=9-                           | 9-9
          bytes=-1                           | 9-9
          bytes=-10                          | 0-9
          BYTES=1-2                          | 1-2
          bytes=007-08                       | 7-8
          bytes=10-                          | none
          bytes=10-11                        | none
          bytes=99999999999999999999-        | none
          bytes=0-99999999999999999999       | 0-9
          bytes=0-9223372036854775807        | 0-9
          bytes=00000000000000000000000-0    | 0-0
          bytes=-0                           | none
          bytes=-99999999999                 | 0-9
          bytes=-99999999999999999999        | 0-9
          bytes=5-2                          | whole
          bytes=99999999999999999999-1       | whole
          bytes=a-b                          | whole
          bytes=                             | whole
          bytes=-                            | whole
          bytes=,                            | whole
          bytes 0-1                          | whole
          bytes = 0-1                        | whole
          items=0-1                          | whole
          =0-1                               | whole
          bytes=--1                          | whole
          bytes=+1-2                         | whole
          bytes=1 -2                         | whole
          bytes=1- 2                         | whole
          bytes=0x1-2                        | whole
          bytes=٠-١                          | whole
          bytes=1-2-3                        | whole
          bytes=1-2;3-4                      | whole
          bytes=0-1,a                        | whole
          bytes=0-1,5-2                      | whole
          bytes=0-1,3-4                      | 0-1 3-4
          bytes=3-4,0-1                      | 3-4 0-1
          bytes=0-1,2-3                      | 0-1 2-3
          bytes=0-1,,3-4,                    | 0-1 3-4
          bytes= 0-1 , 3-4                   | 0-1 3-4
          bytes=0-0,-1                       | 0-0 9-9
          bytes=0-1,99-                      | 0-1
          bytes=99-,-0                       | none
          bytes=0-1,1-2                      | whole
          bytes=0-9,-1                       | whole
          bytes=3-4,0-9                      | whole
          """)
  void aFieldSelectsOfTenBytes(String field, String expected) {
    assertThat(read(field, 10)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-,none", "bytes=0-0,none", "bytes=-0,none", "bytes=-5,whole"})
  void anEmptyFileHasNoRange(String field, String expected) {
    assertThat(read(field, 0)).isEqualTo(expected);
  }

  @Test
  void sixteenRangesAreAnsweredAndMoreAreNot() {
    assertThat(read(apart(16), 100).split(" ", -1)).hasSize(16);
    assertThat(read(apart(17), 100)).isEqualTo("whole");
    assertThat(read(apart(5_000), 1 << 20)).isEqualTo("whole");
  }

  private static String apart(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> 2 * i + "-" + 2 * i)
        .collect(joining(",", "bytes=", ""));
  }

  @Test
  void theLargestFileHasRangesToo() {
    assertThat(read("bytes=9223372036854775806-", Long.MAX_VALUE))
        .isEqualTo("9223372036854775806-9223372036854775806");
    assertThat(read("bytes=-1", Long.MAX_VALUE))
        .isEqualTo("9223372036854775806-9223372036854775806");
  }

  @Test
  void noLineAndSeveralAskForTheWholeFile() {
    assertThat(ByteRanges.of(List.of(), 10)).isEqualTo(ByteRanges.Plain.WHOLE);
    assertThat(ByteRanges.of(List.of("bytes=0-1", "bytes=3-4"), 10))
        .isEqualTo(ByteRanges.Plain.WHOLE);
  }
}
