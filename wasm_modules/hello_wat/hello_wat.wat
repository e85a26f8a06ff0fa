;; The hello-world guest by hand: appends `-wasm` to its input.
;;
;; Texts are UTF-8 with a length. A host calls `allocate` for the input and for a word of four bytes,
;; writes the input, calls `process` with the address and the length of the input and the address of
;; the word, and reads the result's length from the word. It gives all of it back with `deallocate`.
;;
;; Memory is a stack: what is given back from its top is used again, and anything else when what was
;; taken later has been given back and `$top` is at the start again.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "-wasm")

  ;; How many bytes the suffix has; the stack starts behind it, at the next multiple of eight.
  (global $suffix i32 (i32.const 5))
  (global $bottom i32 (i32.const 8))
  (global $top (mut i32) (i32.const 8))
  ;; How many pieces are taken.
  (global $taken (mut i32) (i32.const 0))

  ;; Returns where `size` bytes are free, or 0 where there is no memory left.
  (func $allocate (export "allocate") (param $size i32) (result i32)
    (local $start i32)
    (local $end i64)
    (local $have i64)
    (local.set $start (global.get $top))
    ;; In 64 bits, where nothing overflows: a size may be anything up to 4 GiB.
    (local.set $end (call $rounded_end (local.get $start) (local.get $size)))
    (local.set $have (i64.shl (i64.extend_i32_u (memory.size)) (i64.const 16)))
    (if (i64.gt_u (local.get $end) (i64.const 0xffff0000)) (then (return (i32.const 0))))
    (if (i64.gt_u (local.get $end) (local.get $have))
      (then
        (if (i32.eq
              (memory.grow
                (i32.wrap_i64
                  (i64.shr_u
                    (i64.add (i64.sub (local.get $end) (local.get $have)) (i64.const 65535))
                    (i64.const 16))))
              (i32.const -1))
          (then (return (i32.const 0))))))
    (global.set $top (i32.wrap_i64 (local.get $end)))
    (global.set $taken (i32.add (global.get $taken) (i32.const 1)))
    (local.get $start))

  (func (export "deallocate") (param $start i32) (param $size i32)
    (if (i32.eqz (local.get $start)) (then (return)))
    (global.set $taken (i32.sub (global.get $taken) (i32.const 1)))
    (if (i64.eq
          (call $rounded_end (local.get $start) (local.get $size))
          (i64.extend_i32_u (global.get $top)))
      (then (global.set $top (local.get $start))))
    (if (i32.eqz (global.get $taken)) (then (global.set $top (global.get $bottom)))))

  ;; Returns where the result starts, or 0 where there is no memory left.
  (func (export "process") (param $text i32) (param $length i32) (param $out_length i32) (result i32)
    (local $result i32)
    (local $result_length i32)
    (local.set $result_length (i32.add (local.get $length) (global.get $suffix)))
    (local.set $result (call $allocate (local.get $result_length)))
    (if (i32.eqz (local.get $result)) (then (return (i32.const 0))))
    (memory.copy (local.get $result) (local.get $text) (local.get $length))
    (memory.copy
      (i32.add (local.get $result) (local.get $length))
      (i32.const 0)
      (global.get $suffix))
    (i32.store (local.get $out_length) (local.get $result_length))
    (local.get $result))

  ;; Where a piece ends: at the next multiple of eight.
  (func $rounded_end (param $start i32) (param $size i32) (result i64)
    (i64.and
      (i64.add
        (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (local.get $size)))
        (i64.const 7))
      (i64.const -8))))
