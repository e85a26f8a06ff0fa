# What cmark's own build has to know to compile for WASI: Debian's clang, and the flags of the linker.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER /usr/bin/clang)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
# There is nothing in C++, but the project asks for a compiler.
set(CMAKE_CXX_COMPILER /usr/bin/clang++)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# What folds cases is a switch of 1,400 cases: with calls inlined in each, it is too large for a method of the JVM,
# and is interpreted.
set(CMAKE_C_FLAGS_INIT "-fno-inline-functions")
# -O0 is for clang where it links: else it has wasm-opt change the module, where there is one.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-O0 -Wl,--stack-first,-z,stack-size=65536,--strip-all")
