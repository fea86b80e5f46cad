# A program with a long compilation: a line for each file, at the given pace.
. "$common"
begin unpackPhase
echo "unpacking source archive $src"
echo "source root is source"
end
begin patchPhase
echo "substituteStream() in derivation $name: WARNING: pattern 0.0.0 doesn't match anything in file 'version/version.go'"
end
begin configurePhase
for line in "The CXX compiler identification is GNU 13.3.0" "The CUDA compiler identification is NVIDIA 12.4.99" \
  "Looking for a CUDA host compiler - /usr/bin/g++" "Using CUDA architectures: 75;80;86;89;90" "CUDA host compiler is GNU 13.3.0" \
  "Configuring done (4.1s)" "Generating done (0.1s)"; do
  echo "-- $line"
  sleep "$pace"
done
end

total=118 number=0
# compile LANGUAGE TARGET FILE
compile() {
  number=$((number + 1))
  printf '[%3d%%] Building %s object ml/backend/ggml/ggml/src/CMakeFiles/%s.dir/%s.o\n' $((number * 100 / total)) "$1" "$2" "$3"
  sleep "$pace"
}
begin buildPhase
for part in ggml ggml-alloc ggml-backend ggml-opt ggml-quants ggml-threading gguf; do compile C ggml-base $part.c; done
for cpu in x64 sse42 sandybridge haswell alderlake skylakex icelake; do
  for part in ggml-cpu ggml-cpu-quants ggml-cpu-traits amx/mmq; do compile CXX ggml-cpu-$cpu ggml-cpu/$part.cpp; done
done
for part in acc arange argmax argsort binbcast clamp concat conv-transpose-1d convert count-equal cpy cross-entropy-loss \
  diagmask fattn-tile-f16 fattn-tile-f32 fattn getrows ggml-cuda gla im2col mmq mmv mmvq norm opt-step-adamw out-prod pad \
  pool2d quantize rope scale softmax sum sumrows tsembd unary upscale wkv6; do
  compile CUDA ggml-cuda ggml-cuda/$part.cu
done
for kernel in fattn-vec-f16 fattn-vec-f32 fattn-wmma-f16 fattn-mma-f16; do
  for size in 64 80 96 112 128 256; do compile CUDA ggml-cuda "ggml-cuda/template-instances/$kernel-instance-hs$size.cu"; done
done
for type in iq1_s iq2_s iq2_xs iq2_xxs iq3_s iq3_xxs iq4_nl iq4_xs q2_k q3_k q4_0 q4_1 q4_k q5_0 q5_1 q5_k q6_k q8_0; do
  compile CUDA ggml-cuda "ggml-cuda/template-instances/mmq-instance-$type.cu"
done
for target in ggml-base ggml-cpu ggml-cuda; do compile CXX $target link.cpp; done
echo "Building subPackage ."
for package in format envconfig version types/model auth fs/ggml ml ml/nn model/input model/models/gemma3 model/models/llama \
  model/models/mllama kvcache llama sample discover llm runner/common runner/llamarunner runner/ollamarunner runner template \
  progress readline parser openai server api app/lifecycle cmd; do
  echo "github.com/ollama/ollama/$package"
  sleep "$pace"
done
echo "github.com/ollama/ollama"
end
begin checkPhase
for package in api auth cmd discover envconfig format kvcache llm parser sample server template types/model; do
  printf 'ok  \tgithub.com/ollama/ollama/%s\t0.0%ds\n' $package ${#package}
  sleep "$pace"
done
end
begin installPhase
install_outputs
end
fixup
